import { createHash } from 'node:crypto';

export const MOST_REQUESTS = 50;
export const BATCH_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type BatchMethod = (typeof BATCH_METHODS)[number];

/** What a request of a batch may say for itself. */
const OWN_HEADERS = new Set(['idempotency-key', 'if-match', 'if-none-match', 'threadline-version']);
/** What is told of its answer. */
const TOLD_HEADERS = [
  'x-request-id',
  'etag',
  'location',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'threadline-version',
  'idempotency-replayed',
  'deprecation',
  'sunset',
];
const LONGEST_KEY = 255;

/** Why a path cannot be part of a batch; null when it can. */
export function pathProblem(path: string): string | null {
  const parsed = URL.parse(path, 'http://batch.invalid');
  const whole = parsed && `${parsed.pathname}${parsed.search}` === path && parsed.hash === '';
  if (!whole || !path.startsWith('/api/')) return 'Enter a path below /api, such as /api/leads?limit=2.';
  return null;
}

/** Why the headers cannot be sent along; null when they can. */
export function headersProblem(headers: Readonly<Record<string, unknown>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (!OWN_HEADERS.has(name.toLowerCase())) return `${name} cannot be set here.`;
    if (typeof value !== 'string' || !/^[\x20-\x7e]{1,1000}$/.test(value)) return `${name} must be one line of text.`;
  }
  return null;
}

/** A request's own headers, in lower case. */
export function ownHeaders(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The key of a POST that has none: of the key of the batch, so that a batch can be repeated as a whole. */
export function keyFor(batchKey: string, id: string): string {
  const key = `${batchKey}:${id}`;
  if (key.length <= LONGEST_KEY && /^[\x21-\x7e]+$/.test(key)) return key;
  return createHash('sha256').update(key).digest('base64url');
}

/** What is told of an answer's headers. */
export function toldHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    TOLD_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}
