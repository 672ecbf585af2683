/* Second factors, passkeys, recovery codes, devices. */
export { SecurityApi, type TotpProposal } from './security.api';
export { SecurityStore, type Security } from './security.store';
