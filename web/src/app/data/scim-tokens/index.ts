export type { MadeScimToken } from './scim-tokens.api';
export { type Provisioning, ScimTokensStore } from './scim-tokens.store';
