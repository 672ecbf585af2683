const SECONDS = [5, 30, 120, 600, 1_800, 3_600];
/** What a receiver that is overloaded is left alone for at least, in seconds. */
const OVERLOADED = 60;

/** A stream to which nothing could be delivered for so long is switched off. Milliseconds. */
export const GIVEN_UP_AFTER_MS = 5 * 86_400_000;

/**
 * Milliseconds until a batch is tried again: ever longer, up to an hour.
 * @param failures tries in a row that failed, 1 for the first
 * @param random from 0 to 1: spreads streams that failed together
 * @param asked seconds that the receiver asked for; null when it did not, 0 when it only said that it is overloaded
 */
export function pauseAfter(failures: number, random: number, asked: number | null): number {
  const step = SECONDS[Math.min(failures, SECONDS.length) - 1] ?? 0;
  const spread = step * (0.8 + random * 0.4);
  const wished = asked === null ? 0 : Math.min(Math.max(asked, OVERLOADED), 3_600);
  return Math.round(Math.max(spread, wished) * 1_000);
}
