/** Wrong passwords of one account that cost nothing but themselves. */
export const FREE_TRIES = 5;
/** Longest that an account makes anybody wait. Milliseconds. */
export const LONGEST_WAIT = 60_000;

/** How long the next try of an account waits after so many wrong ones: from the sixth on a second, doubling. */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT, 1_000 * 2 ** Math.min(failures - FREE_TRIES, 16));
}
