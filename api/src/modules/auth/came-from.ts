import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Browser } from './known-devices';
import type { Beginning } from './sessions.service';

/** Tokens of browsers that are new, until their request is answered. */
const fresh = new WeakMap<object, string>();

/** What a session remembers of the request that began it. */
export function cameFrom(request: FastifyRequest): Pick<Beginning, 'userAgent' | 'ip'> & { browser: Browser } {
  const token = fresh.get(request) ?? randomBytes(32).toString('base64url');
  fresh.set(request, token);
  const browser = { cookies: request.cookies, fresh: token };
  return { userAgent: request.headers['user-agent'] ?? null, ip: request.ip, browser };
}

/** The token that a sign-in with this request remembered; undefined when the request began no session. */
export function freshDevice(request: FastifyRequest): string | undefined {
  return fresh.get(request);
}
