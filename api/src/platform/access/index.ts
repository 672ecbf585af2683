export { AccessModule } from './access.module';
export { type Actor, contactActor, type Credential, eventActor, memberActor, NOBODY, systemActor } from './actor';
export { ClientAddress } from './client-address';
export { Authenticator, type Caller, type CredentialReader, mayComeFrom } from './authenticator';
export {
  type AuthenticatedRequest,
  CurrentActor,
  type Door,
  doorOf,
  isOpenWhileEnrolling,
  NeedsProof,
  needsProof,
  OpenWhileEnrolling,
  Public,
  Require,
  type Right,
} from './door';
export { DoorGuard, PROOF_HOLDS_MS } from './door.guard';
export { letIn, memberBehind } from './let-in';
export { inNetworks, isNetwork } from './networks';
