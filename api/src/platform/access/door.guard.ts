import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Refusal } from '../refusal';
import { Authenticator } from './authenticator';
import { type AuthenticatedRequest, doorOf } from './door';

/** The one guard of all HTTP routes. A route that bears neither @Require nor @Public is closed. */
@Injectable()
export class DoorGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const door = doorOf(context.getHandler()) ?? doorOf(context.getClass());
    if (door === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.authenticator.authenticate(bearer(request));
    if (!door) throw new Refusal('forbidden');
    if (door.permission !== 'signed-in' && !actor.permissions.has(door.permission)) {
      throw new Refusal('forbidden', { detail: `This needs the permission ${door.permission}.` });
    }
    request.actor = actor;
    return true;
  }
}

function bearer(request: AuthenticatedRequest): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new Refusal('unauthenticated');
  return token;
}
