export { type Actor, contactActor, eventActor, systemActor } from './actor';
export { Authenticator } from './authenticator';
export { CurrentActor, type Door, doorOf, Public, Require } from './door';
export { DoorGuard } from './door.guard';
