export { PoliciesApi } from './policies.api';
export { PoliciesStore } from './policies.store';
