import { setTimeout as wait } from 'node:timers/promises';

/** A batch as large as this says that hits pour in. */
const FLOOD = 32;
/** Then judging rests so many times as long as it worked, and at least so many milliseconds. */
const REST = 2;
const LEAST_MS = 25;

/**
 * Between two batches. While hits pour in, taking them in goes first, and what gathers meanwhile is judged together at
 * less cost; a single open in quiet times never waits. `began` is of performance.now().
 */
export async function restAfter(hits: number, began: number): Promise<void> {
  if (hits >= FLOOD) await wait(Math.max(LEAST_MS, (performance.now() - began) * REST));
}
