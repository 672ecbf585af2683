const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before each try (Standard Webhooks): about three days altogether. */
export const SCHEDULE = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
/** Who is overloaded is left alone for at least so long. */
const OVERLOAD_FLOOR = MINUTE;
const OVERLOADED: readonly number[] = [429, 502, 504];

/** A try that failed. */
export interface FailedTry {
  /** 1 for the first. */
  tries: number;
  /** What the server answered; null when no answer came. */
  status: number | null;
  timedOut: boolean;
  /** The header `Retry-After`, as it came. */
  retryAfter?: string;
  at: Date;
  /** From 0 to 1: spreads what failed together. */
  random: number;
}

/**
 * Milliseconds until the next try; null when it has been tried enough. The step of the schedule, ±20 %; what the server
 * asks for in `Retry-After` holds between once and twice the step; timeouts and overload wait a minute at least.
 */
export function pauseAfter({ tries, status, timedOut, retryAfter, at, random }: FailedTry): number | null {
  const step = SCHEDULE[tries];
  if (step === undefined) return null;
  const asked = retryAfter === undefined ? null : askedPause(retryAfter, at);
  const pause = asked === null ? step * (0.8 + random * 0.4) : Math.min(Math.max(asked, step), 2 * step);
  const overloaded = timedOut || (status !== null && OVERLOADED.includes(status));
  return Math.round(overloaded ? Math.max(pause, OVERLOAD_FLOOR) : pause);
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date; null for what is neither. */
function askedPause(text: string, at: Date): number | null {
  const trimmed = text.trim();
  if (/^\d{1,10}$/.test(trimmed)) return Number(trimmed) * SECOND;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(trimmed)) return null;
  const until = Date.parse(trimmed);
  return Number.isNaN(until) ? null : Math.max(0, until - at.getTime());
}
