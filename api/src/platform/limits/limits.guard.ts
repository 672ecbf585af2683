import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from '../access';
import { Refusal } from '../refusal';
import { RequestLimits } from './request.limits';
import { tell } from './rate-limit.headers';

/** Counts the requests of those who passed the door. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly limits: RequestLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!actor) return true;
    const standing = await this.limits.actor(actor);
    tell(context.switchToHttp().getResponse<FastifyReply>(), standing);
    if (standing.exceeded) throw new Refusal('too_many_requests', { retryAfter: standing.reset });
    return true;
  }
}
