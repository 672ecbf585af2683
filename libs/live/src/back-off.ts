/** Milliseconds of the longest wait for each try in a row; the last one stays. */
export const BACK_OFF_STEPS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Milliseconds to wait before the next try: anything between nothing and the step, so that clients which were
 * cut off together do not come back together ("full jitter").
 * @param failures tries that failed in a row, 1 or more
 * @param random from 0 (inclusive) to 1 (exclusive)
 */
export function backOff(failures: number, random: () => number): number {
  const step = BACK_OFF_STEPS[Math.min(Math.max(failures, 1), BACK_OFF_STEPS.length) - 1] ?? 0;
  return Math.floor(random() * step);
}
