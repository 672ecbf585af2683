export { PoliciesApi } from './policies.api';
