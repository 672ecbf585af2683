const MINUTE = 60_000;
/** What greylisting and short outages take, then ever longer; about a day and a quarter altogether. */
const STEPS = [0.5, 2, 5, 15, 30, 60, 120, 240, 480, 720];

/**
 * Milliseconds until a mail that certainly did not leave is handed over again; null when that has been tried enough.
 * @param attempt 1 for the first try that failed
 * @param random from 0 to 1: spreads mails that failed together
 */
export function nextAttempt(attempt: number, random: number): number | null {
  const step = STEPS[attempt - 1];
  return step === undefined ? null : Math.round(step * MINUTE * (0.8 + random * 0.4));
}
