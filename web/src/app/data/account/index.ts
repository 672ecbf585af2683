export { AccountApi, type Acceptance } from './account.api';
