import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Refusal } from '../refusal';
import type { Actor } from './actor';
import { Authenticator } from './authenticator';
import { type AuthenticatedRequest, type Door, doorOf, isOpenWhileEnrolling, needsProof, type ProofFor } from './door';
import { letIn } from './let-in';

/** How long a proof of who one is holds for dangerous acts. Milliseconds. */
export const PROOF_HOLDS_MS = 15 * 60_000;

const PROVE_AGAIN = 'Prove who you are by POST /api/auth/prove, and repeat the request.';
const VOUCHED_ONLY =
  'Your identity provider vouches for you in this workspace, and this changes your whole account. Confirm your address by ' +
  'the link that was mailed to you, set a password by the one that “Forgot your password?” mails, and prove who you are.';
const PEOPLE_ONLY = 'Only a person can do this, signed in and having just proved who they are; an API key never can.';

/** The one guard of all HTTP routes. A route that bears neither @Require nor @Public is closed. */
@Injectable()
export class DoorGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const door = doorOf(context.getHandler()) ?? doorOf(context.getClass());
    if (door === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.authenticator.authenticate(bearer(request, door), { ip: request.ip });
    // Known before it is decided, so that a refusal can be kept with who was refused.
    request.actor = actor;
    if (!door) throw new Refusal('forbidden');
    letIn(actor, door.permission, isOpenWhileEnrolling(context.getHandler()));
    const proof = needsProof(context.getHandler());
    if (proof) this.askForProof(actor, proof);
    return true;
  }

  private askForProof(actor: Actor, proof: ProofFor): void {
    // Whoever has a proof of their own is asked for it below: their session has none yet.
    if (proof === 'account' && actor.vouchedOnly && actor.provedAt) {
      throw new Refusal('proof_required', { detail: VOUCHED_ONLY });
    }
    const age = actor.provedAt ? this.clock.millis() - actor.provedAt.getTime() : Infinity;
    if (age <= PROOF_HOLDS_MS) return;
    const byPerson = actor.credential?.kind === 'session';
    throw new Refusal('proof_required', { detail: byPerson ? PROVE_AGAIN : PEOPLE_ONLY });
  }
}

function bearer(request: AuthenticatedRequest, door: Door | undefined): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer' && token && rest.length === 0) return token;
  const forDirectories = typeof door === 'object' && door.permission === 'provisioning';
  const credential = forDirectories ? 'the SCIM token of a directory' : 'an API key or an access token';
  throw new Refusal('unauthenticated', { detail: `Send \`Authorization: Bearer\` with ${credential}.` });
}
