import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/test-clock';
import { MemoryTally } from './memory.tally';

describe('counts of one process', () => {
  it('begin a window with the first, and anew when it is over', () => {
    const clock = new TestClock();
    const tally = new MemoryTally(clock);
    tally.add('a', 1_000);
    clock.advance(600);
    expect(tally.add('a', 1_000)).toMatchObject({ count: 2 });
    expect(tally.look('a').resetsIn).toBeLessThanOrEqual(400);
    clock.advance(500);
    expect([tally.look('a').count, tally.add('a', 1_000).count]).toEqual([0, 1]);
  });

  it('are set, and dropped', () => {
    const tally = new MemoryTally(new TestClock());
    tally.put('a', 7, 1_000);
    expect(tally.add('a', 1_000).count).toBe(8);
    tally.drop('a');
    expect(tally.look('a').count).toBe(0);
  });

  it('of a flood of keys stay within memory, and what began last is remembered', () => {
    const tally = new MemoryTally(new TestClock(), 1_000);
    for (let key = 0; key < 50_000; key += 1) tally.add(`k${key}`, 60_000);
    const known = Array.from({ length: 50_000 }, (_, key) => tally.look(`k${key}`).count).filter(Boolean).length;
    expect(known).toBeLessThanOrEqual(1_000);
    expect(tally.look('k49999').count).toBe(1);
  });
});
