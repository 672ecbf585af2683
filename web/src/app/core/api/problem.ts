import { PROBLEMS, type Problem, type ProblemCode } from '@threadline/contracts';
import type { Explanation } from '../../shared/page';

/** A code of the API; `unreachable` when no answer came, `unreadable` when the answer was not the API's (a proxy's page). */
export type ApiProblemCode = ProblemCode | 'unreachable' | 'unreadable';

interface ApiProblemParts {
  status: number;
  code: ApiProblemCode;
  title: string;
  detail?: string;
  errors?: readonly { path: string; message: string }[];
  current?: unknown;
  requestId?: string | null;
  retryAfterMs?: number | null;
}

/** What every call to the API rejects with, unless the caller aborted it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** 0 when no answer came. */
  readonly status: number;
  readonly code: ApiProblemCode;
  readonly detail: string;
  /** What is wrong with the input, by its path in the body. */
  readonly errors: readonly { path: string; message: string }[];
  /** With 409: the state that won. */
  readonly current: unknown;
  readonly requestId: string | null;
  /** When the server asks to come back. */
  readonly retryAfterMs: number | null;

  constructor(parts: ApiProblemParts, options?: ErrorOptions) {
    super(parts.detail ?? parts.title, options);
    this.status = parts.status;
    this.code = parts.code;
    this.detail = parts.detail ?? parts.title;
    this.errors = parts.errors ?? [];
    this.current = parts.current;
    this.requestId = parts.requestId ?? null;
    this.retryAfterMs = parts.retryAfterMs ?? null;
  }

  /** The API has no answer at the moment, and asking again later is sensible. */
  get away(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** The person has to sign in again. */
  get signedOut(): boolean {
    return this.code === 'unauthenticated' || this.code === 'session_ended';
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  const code = (body as Record<string, unknown>)['code'];
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}

function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The problem that an answer of 400 or more carries. */
export async function problemOf(
  answer: Pick<Response, 'status' | 'headers' | 'text'>,
  now: number,
): Promise<ApiProblem> {
  const requestId = answer.headers.get('x-request-id');
  const retryAfterMs = retryAfter(answer.headers, now);
  const text = await answer.text();
  const body = parsed(text);
  if (isProblem(body)) {
    const { status, code, title, detail, errors, current } = body;
    return new ApiProblem({ status, code, title, detail, errors, current, requestId: body.requestId, retryAfterMs });
  }
  return new ApiProblem({
    status: answer.status,
    code: answer.status === 503 ? 'not_ready' : 'unreadable',
    title: `The server answered ${answer.status} without saying why`,
    requestId,
    retryAfterMs,
  });
}

/** The problem of a request that got no answer. */
export function unreachable(cause: unknown, requestId: string): ApiProblem {
  const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
  const title = slow ? 'The server took too long to answer' : 'The server could not be reached';
  return new ApiProblem({ status: 0, code: 'unreachable', title, requestId }, { cause });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Any thrown thing as a problem, for screens that show it. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const title = error instanceof Error ? error.message : 'Something went wrong in this page';
  return new ApiProblem({ status: -1, code: 'unreadable', title }, { cause: error });
}

/**
 * What a person is told: what happened, what is safe, what to do.
 * @param doing what was being done, after "Couldn't": `load the leads`
 * @param safe what is safe nonetheless; by default that nothing was changed
 */
export function explain(error: unknown, doing: string, safe = 'Nothing was changed.'): Explanation {
  const problem = asProblem(error);
  const { requestId } = problem;
  const what = `Couldn’t ${doing}`;
  switch (problem.code) {
    case 'unreachable':
      return {
        what: `${what}: no connection to the server.`,
        safe,
        todo: 'Check your network, then try again.',
        requestId: null,
      };
    case 'database_away':
      return { what: `${what}: the database can’t be reached.`, safe, todo: 'Try again in a moment.', requestId };
    case 'not_ready':
      return { what: `${what}: Threadline is still starting.`, safe, todo: 'Try again in a moment.', requestId };
    case 'too_many_requests':
      return {
        what: `${what}: too many requests in a short time.`,
        safe,
        todo: 'Wait a little, then try again.',
        requestId,
      };
    case 'forbidden':
      return { what: `You may not ${doing}.`, safe: '', todo: 'An owner of the workspace can change that.', requestId };
    case 'not_found':
      return { what: `${what}: it is not here, or no longer.`, safe: '', todo: '', requestId };
    case 'internal':
    case 'unreadable':
      return {
        what: `${what}: something went wrong.`,
        safe,
        todo: 'Try again; if it stays, pass on the request id.',
        requestId,
      };
    default:
      return { what: `${what}.`, safe: `${problem.detail.replace(/\.?$/u, '.')} ${safe}`, todo: '', requestId };
  }
}
