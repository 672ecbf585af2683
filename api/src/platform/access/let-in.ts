import { Refusal } from '../refusal';
import type { Actor } from './actor';
import type { Right } from './door';

/**
 * Whether an actor may pass a door: the same for HTTP and for what a screen asks by socket. Who still has to add a
 * second factor passes where that is possible, and nowhere else.
 * @throws Refusal `forbidden`, `second_factor_required`
 */
export function letIn(actor: Actor, right: Right, openWhileEnrolling = false): void {
  if (actor.secondFactorMissing && !openWhileEnrolling) throw new Refusal('second_factor_required');
  const kind = actor.credential?.kind;
  if (right === 'provisioning' || kind === 'scim_token') {
    if (right !== 'provisioning' || kind !== 'scim_token') throw new Refusal('forbidden');
    return;
  }
  if (right === 'signed-in') {
    if (kind !== 'session') throw new Refusal('forbidden', { detail: 'This is for people who are signed in.' });
    return;
  }
  if (right === 'known') {
    if (actor.userId === null) throw new Refusal('forbidden');
    return;
  }
  if (!actor.permissions.has(right)) {
    throw new Refusal('forbidden', { detail: `This needs the permission ${right}.` });
  }
}

/** The member behind an actor. @throws Refusal `forbidden` for what acts without one. */
export function memberBehind(actor: Actor): string {
  if (actor.userId === null) throw new Refusal('forbidden', { detail: 'This is for members of the workspace.' });
  return actor.userId;
}
