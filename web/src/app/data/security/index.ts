/* Second factors, passkeys, recovery codes, devices. */
export { SecurityApi, type TotpProposal } from './security.api';
export { ShownCodes } from './shown-codes.service';
export { SecurityStore, type Security } from './security.store';
