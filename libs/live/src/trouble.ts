import { PROBLEMS, type ProblemCode } from '@threadline/contracts';

/** Why something is not as it should be, in a form that a screen can show and a program can switch on. */
export interface Trouble {
  /** A code of the API, `unreachable` when no answer came, `fault` for anything else. */
  code: ProblemCode | 'unreachable' | 'fault';
  detail: string;
  /** What was thrown. */
  cause: unknown;
}

/** The link ended, or a try to make one failed; another try follows. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
  /** @param retryInMs the server's own word on when to come back, in milliseconds */
  constructor(
    message: string,
    readonly retryInMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Dropped a while ago, as a long silence shows: what is on the screen is that old. */
export class Silence extends Dropped {}

/** The credentials are not accepted; trying again is of no use. A token provider may reject with it. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
  constructor(
    readonly code: 'unauthenticated' | 'session_ended',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server refused what was subscribed to or entered. */
export class LiveRefusal extends Error {
  override readonly name = 'LiveRefusal';
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/**
 * Reads any thrown thing: a problem body, an error that carries one (`error`, `problem` or `data`), one with an
 * HTTP `status`, or a failed fetch.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Dropped) return { code: 'unreachable', detail: error.message, cause: error };
  for (const candidate of [error, field(error, 'error'), field(error, 'problem'), field(error, 'data')]) {
    const code = field(candidate, 'code');
    if (isProblemCode(code)) {
      return { code, detail: text(field(candidate, 'detail')) ?? PROBLEMS[code].title, cause: error };
    }
  }
  const detail = (error instanceof Error ? error.message : text(error)) ?? 'Something went wrong';
  return { code: codeOfStatus(error), detail, cause: error };
}

/** Whether the person has to sign in again. */
export function isSignedOut(trouble: Trouble): boolean {
  return trouble.code === 'unauthenticated' || trouble.code === 'session_ended';
}

/** Whether the same question will get the same answer, so that asking again is of no use. */
export function isFinal(trouble: Trouble): trouble is Trouble & { code: ProblemCode } {
  if (trouble.code === 'unreachable' || trouble.code === 'fault') return false;
  const { status } = PROBLEMS[trouble.code];
  return status < 500 && status !== 429;
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}

function codeOfStatus(error: unknown): Trouble['code'] {
  switch (field(error, 'status')) {
    case 0:
      return 'unreachable';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 429:
      return 'too_many_requests';
    case 502:
    case 503:
    case 504:
      return 'not_ready';
    default:
      // What fetch rejects with when there is no answer.
      return error instanceof TypeError && /fetch|network|load failed/i.test(error.message) ? 'unreachable' : 'fault';
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
