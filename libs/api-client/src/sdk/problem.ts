import type { Problem, ProblemCode } from '@threadline/contracts';

/** `unreadable`: an answer that is no problem of Threadline's, such as a proxy's page; `unreachable`: no answer at all. */
export type ThreadlineCode = ProblemCode | 'unreadable' | 'unreachable';

/** A request that was refused, or that got no answer. Switch on `code`. */
export class ThreadlineProblem extends Error {
  override readonly name = 'ThreadlineProblem';
  /** A stable word that a program can switch on. */
  readonly code: ThreadlineCode;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** What happened and what to do, for people. */
  readonly detail: string | undefined;
  /** What is wrong, field by field. */
  readonly errors: readonly { path: string; message: string }[];
  /** With 409 and 412: the state that won. */
  readonly current: unknown;
  /** Names the request in the logs of the server. */
  readonly requestId: string | undefined;
  /** Milliseconds until another try makes sense, when the server said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    problem: Partial<Omit<Problem, 'code'>> & { status: number; code: ThreadlineCode },
    more: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    const fields = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
    super(sentences([problem.title ?? problem.code, problem.detail, ...fields]), { cause: more.cause });
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
    this.requestId = problem.requestId;
    this.retryAfterMs = more.retryAfterMs;
  }
}

function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => (/[.!?]$/.test(part ?? '') ? part : `${part}.`))
    .join(' ');
}

/** The problem that an answer bears. */
export async function problemOf(response: Response, retryAfterMs: number | undefined): Promise<ThreadlineProblem> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const unreadable = { status: response.status, code: 'unreadable', title: `Answered ${response.status}.` } as const;
  const body = await response.json().catch(() => undefined);
  const readable = typeof body === 'object' && body !== null && 'code' in body;
  const problem = readable ? (body as Problem) : { ...unreadable, ...(requestId ? { requestId } : {}) };
  return new ThreadlineProblem(problem, { retryAfterMs });
}
