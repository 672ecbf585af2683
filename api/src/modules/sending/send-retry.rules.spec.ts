import { describe, expect, it } from '@jest/globals';
import { nextAttempt } from './send-retry.rules';

describe('a mail that did not leave', () => {
  it('is tried again soon at first, then ever later, and at last not any more', () => {
    const waits = Array.from({ length: 12 }, (_, i) => nextAttempt(i + 1, 0.5));
    expect(waits.slice(0, 3)).toEqual([30_000, 120_000, 300_000]);
    expect(waits.slice(10)).toEqual([null, null]);
    const tried = waits.filter((wait) => wait !== null);
    expect(tried).toEqual([...tried].sort((a, b) => a - b));
  });

  it('does not come back together with all that failed with it', () => {
    expect(nextAttempt(1, 0)).toBe(24_000);
    expect(nextAttempt(1, 1)).toBe(36_000);
  });
});
