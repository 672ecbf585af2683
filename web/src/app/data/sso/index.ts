export { type OfferedProvider, type ProviderFields, SsoApi } from './sso.api';
export { type SsoSetUp } from './sso.rules';
export { SsoStore } from './sso.store';
