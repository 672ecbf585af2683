import { problemOf, ThreadlineProblem } from './problem';

export interface RetryOptions {
  /** How often a request is tried again. */
  maxRetries: number;
  /** The longest that is waited for another try, in milliseconds; beyond it the problem is thrown. */
  maxWaitMs: number;
  fetch: (request: Request) => Promise<Response>;
  /** Waits so many milliseconds, or until the signal says to stop. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1, for the jitter. */
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
}

const FIRST_WAIT = 500;
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([429, 503]);

/**
 * Sends a request, and again when the server says that it is worth it (429 and 503, after `Retry-After`) or does not answer.
 * A POST bears an idempotency key, so that whatever is repeated is done once.
 * @throws ThreadlineProblem
 */
export async function send(given: Request, options: RetryOptions): Promise<Response> {
  const request = withKey(given);
  for (let tries = 0; ; tries += 1) {
    const failed = await once(request.clone(), options);
    if (failed instanceof Response) return failed;
    const wait = failed.retryAfterMs ?? FIRST_WAIT * 2 ** tries * (0.5 + options.random() / 2);
    const worthIt = failed.status === 0 || WORTH_ANOTHER_TRY.has(failed.status);
    if (!worthIt || tries >= options.maxRetries || wait > options.maxWaitMs) throw failed;
    await options.wait(wait, request.signal);
  }
}

async function once(request: Request, { fetch, now }: RetryOptions): Promise<Response | ThreadlineProblem> {
  let response: Response;
  try {
    response = await fetch(request);
  } catch (cause) {
    // Who gave up does not want another try.
    if (request.signal.aborted) throw cause;
    return new ThreadlineProblem({ status: 0, code: 'unreachable', title: 'Threadline did not answer.' }, { cause });
  }
  return response.ok ? response : problemOf(response, retryAfter(response, now));
}

function withKey(request: Request): Request {
  if (request.method !== 'POST' || request.headers.has('idempotency-key')) return request;
  const headers = new Headers(request.headers);
  headers.set('idempotency-key', crypto.randomUUID());
  return new Request(request, { headers });
}

/** `Retry-After` in milliseconds: seconds or a date. */
function retryAfter(response: Response, now: () => number): number | undefined {
  const value = response.headers.get('retry-after');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
