import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Refusal } from '../refusal';
import type { Actor } from './actor';
import { Authenticator } from './authenticator';
import { type AuthenticatedRequest, doorOf, isOpenWhileEnrolling, needsProof } from './door';
import { letIn } from './let-in';

/** How long a proof of who one is holds for dangerous acts. Milliseconds. */
export const PROOF_HOLDS_MS = 15 * 60_000;

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
    const actor = await this.authenticator.authenticate(bearer(request), { ip: request.ip });
    // Known before it is decided, so that a refusal can be kept with who was refused.
    request.actor = actor;
    if (!door) throw new Refusal('forbidden');
    letIn(actor, door.permission, isOpenWhileEnrolling(context.getHandler()));
    if (needsProof(context.getHandler())) this.askForProof(actor);
    return true;
  }

  private askForProof(actor: Actor): void {
    const age = actor.provedAt ? this.clock.millis() - actor.provedAt.getTime() : Infinity;
    if (age > PROOF_HOLDS_MS) throw new Refusal('proof_required');
  }
}

function bearer(request: AuthenticatedRequest): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new Refusal('unauthenticated');
  return token;
}
