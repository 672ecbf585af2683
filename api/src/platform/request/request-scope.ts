import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request in hand and is wanted far below it. */
export interface RequestScope {
  requestId: string;
  /** Where it came from: the peer, or what a trusted proxy says of it. */
  ip?: string;
  userAgent?: string | null;
  /** Set for a creating POST that came with an Idempotency-Key; the first unit of work remembers its result under it. */
  idempotency?: { key: string; fingerprint: Buffer; status: number; remembered: boolean };
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** The scope of the request this code runs for; undefined outside of requests. */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}

/** Runs `work` as part of a request. */
export function inRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}
