import type { DemoStep } from './demo.step';
import { DemoWork } from './demo.work';

/** The newest step is so old, in milliseconds: what comes next is the visitor's. */
const SILENCE = 25 * 60_000;

/**
 * Eleven weeks of a small team's work, oldest step first. It depends on nothing but `now`, which it ends at: the days
 * of the week fall where they are, and all the rest is always the same.
 */
export function demoPlan(now: number): DemoStep[] {
  const end = now - SILENCE;
  const work = new DemoWork(end);
  return work.steps.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
}
