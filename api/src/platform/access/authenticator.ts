import type { Actor } from './actor';

/**
 * Turns a bearer token into an actor; the HTTP guard and the socket handshake use the same one.
 * Implemented by `modules/auth`.
 */
export abstract class Authenticator {
  /** @throws Refusal `unauthenticated` or `session_ended`. */
  abstract authenticate(token: string): Promise<Actor>;
}
