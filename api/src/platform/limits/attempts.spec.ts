import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/test-clock';
import { Refusal } from '../refusal';
import { Attempts } from './attempts';
import { MemoryTally } from './memory.tally';
import type { Tally } from './tally';

const BOUNDS = [50, 100] as const;

describe('what all together may do', () => {
  /** How often it was done until it was refused, and what was said then. */
  const untilRefused = async (attempts: Attempts, clock: TestClock, at: string) => {
    for (let times = 0; ; times += 1) {
      clock.advance(1_000);
      const refusal = await attempts.withinTogether('thing', BOUNDS, at).then(
        () => null,
        (error: Refusal) => error,
      );
      if (refusal) return { times, code: refusal.code, retryAfter: refusal.details.retryAfter };
    }
  };

  it('is refused somewhere between two bounds, which tells nobody how often others did it, or when', async () => {
    const clock = new TestClock();
    const attempts = new Attempts(new MemoryTally(clock) as unknown as Tally);
    const seen = [];
    for (let round = 0; round < 40; round += 1) seen.push(await untilRefused(attempts, clock, `${round}@example.com`));
    const times = seen.map((each) => each.times);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(BOUNDS[0]);
    expect(Math.max(...times)).toBeLessThanOrEqual(BOUNDS[1]);
    expect(new Set(times).size).toBeGreaterThan(5);
    expect(new Set(seen.map(({ code, retryAfter }) => `${code} ${retryAfter}`))).toEqual(
      new Set(['too_many_requests 3600']),
    );
  });
});
