import { describe, expect, it } from '@jest/globals';
import { LogCursor, spansOf } from './log.cursor';
import { deleted } from './testing/events';

const span = (from: number, to: number, ...seqs: number[]) => ({
  from,
  to,
  envelopes: seqs.map((seq) => deleted(seq)),
});
const seqs = (events: { seq: number }[]) => events.map((event) => event.seq);

describe('The place of a service in the log', () => {
  it('lets through what follows and drops what was there', () => {
    const cursor = new LogCursor();
    cursor.begin(4);
    expect(seqs(cursor.accept(span(5, 7, 5, 7)))).toEqual([5, 7]);
    expect(seqs(cursor.accept(span(5, 7, 5, 7)))).toEqual([]);
    expect(seqs(cursor.accept(span(6, 8, 6, 7, 8)))).toEqual([8]);
    expect(cursor.position).toBe(8);
  });

  it('holds back what is ahead until the hole is filled', () => {
    const cursor = new LogCursor();
    cursor.begin(1);
    expect(cursor.accept(span(5, 5, 5))).toEqual([]);
    expect(cursor.accept(span(4, 4))).toEqual([]);
    expect(cursor.hole).toBe(true);
    expect(cursor.heard).toBe(5);
    expect(seqs(cursor.accept(span(2, 3, 2, 3)))).toEqual([2, 3, 5]);
    expect(cursor.hole).toBe(false);
  });

  it('keeps what came before its beginning was known', () => {
    const cursor = new LogCursor();
    expect(cursor.accept(span(8, 9, 8, 9))).toEqual([]);
    expect(cursor.hole).toBe(false);
    expect(seqs(cursor.begin(8))).toEqual([9]);
  });

  it('keeps a bounded number of stretches, and always takes the one that follows', () => {
    const cursor = new LogCursor();
    cursor.begin(0);
    for (let seq = 3; seq < 5_000; seq += 2) cursor.accept(span(seq, seq, seq));
    expect(cursor.heard).toBe(2_001);
    expect(seqs(cursor.accept(span(1, 2, 1, 2)))).toEqual([1, 2, 3]);
  });

  it('forgets what it held when it starts in another log', () => {
    const cursor = new LogCursor();
    cursor.begin(1);
    cursor.accept(span(9, 9, 9));
    cursor.restart(3);
    expect(cursor.hole).toBe(false);
    expect(cursor.position).toBe(3);
  });

  it('cuts a message into stretches where numbers are missing inside it', () => {
    expect(spansOf({ events: [{ seq: 3 }, deleted(4), { seq: 6 }] })).toEqual([
      { from: 3, to: 4, envelopes: [deleted(4)] },
      { from: 6, to: 6, envelopes: [] },
    ]);
    expect(spansOf({ events: [] })).toEqual([]);
  });
});
