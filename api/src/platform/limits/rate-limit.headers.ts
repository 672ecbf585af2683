import type { FastifyReply } from 'fastify';
import { type Standing, tighter } from './request.limits';

const told = new WeakMap<FastifyReply, Standing>();

/** Writes `RateLimit-*` on an answer: of all the limits that a request counts for, the one nearest to its end. */
export function tell(reply: FastifyReply, standing: Standing): void {
  const before = told.get(reply);
  const shown = before ? tighter(before, standing) : standing;
  told.set(reply, shown);
  void reply
    .header('ratelimit-limit', shown.limit)
    .header('ratelimit-remaining', shown.remaining)
    .header('ratelimit-reset', shown.reset);
}
