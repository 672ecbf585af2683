/* Who is signed in and what they may do. */
export { CanDirective } from './can.directive';
export { Proof } from './proof.service';
export { returnUrl } from './return-url';
export { Rights } from './rights.service';
export { asksFirst, enrolling, signedIn, signedOut, permitted } from './session.guard';
export { SessionRouting } from './session.routing';
export { Session, type SessionState, type Registration } from './session.service';
