import { type Problem, type ProblemCode, PROBLEMS } from '@threadline/contracts';

/** What a refusal can say besides its code. All of it is shown to the caller. */
export interface RefusalDetails {
  /** What happened and what to do, for people. */
  detail?: string;
  errors?: { path: string; message: string }[];
  /** With 409: the state that won. */
  current?: unknown;
  /** With 429 and 503: seconds until another try makes sense. */
  retryAfter?: number;
}

/** The one error that services throw on purpose. Anything else is answered as 500 with a request id and nothing more. */
export class Refusal extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: RefusalDetails = {},
  ) {
    super(details.detail ?? PROBLEMS[code].title);
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** The RFC 9457 body. */
  toProblem(instance: string, requestId: string): Problem {
    const { title, status } = PROBLEMS[this.code];
    const { detail, errors, current } = this.details;
    return {
      type: `https://threadline.dev/problems/${this.code}`,
      title,
      status,
      ...(detail === undefined ? {} : { detail }),
      instance,
      code: this.code,
      requestId,
      ...(errors === undefined ? {} : { errors }),
      ...(current === undefined ? {} : { current }),
    };
  }
}
