import type { FastifyRequest } from 'fastify';
import type { Beginning } from './sessions.service';

/** What a session remembers of the request that began it. */
export function cameFrom(request: FastifyRequest): Pick<Beginning, 'userAgent' | 'ip'> {
  return { userAgent: request.headers['user-agent'] ?? null, ip: request.ip };
}
