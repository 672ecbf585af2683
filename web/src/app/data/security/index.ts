/* Second factors, passkeys, recovery codes, devices. */
export { SecurityApi, type TotpProposal } from './security.api';
export { ShownCodes, keepShownCodes } from './shown-codes.service';
export { SecurityStore, type Security } from './security.store';
