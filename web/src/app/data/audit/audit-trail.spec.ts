import { describe, expect, it } from '@jest/globals';
import type { AuditEntry, Page } from '@threadline/contracts';
import { NOTHING_YET, released, withFirst, withNewer, withOlder } from './audit-trail';

const page = (seqs: number[], nextCursor: string | null = null): Page<AuditEntry> => ({
  items: seqs.map((seq) => ({ seq }) as AuditEntry),
  nextCursor,
});
const seqs = (entries: readonly AuditEntry[] | null) => entries?.map(({ seq }) => seq);

describe('the audit log on screen', () => {
  it('has older entries below and newer ones on top, each once', () => {
    const first = withFirst(page([9, 8], 'c'));
    expect([seqs(first.entries), first.cursor, first.newest]).toEqual([[9, 8], 'c', 9]);
    const older = withOlder(first, page([7, 6]));
    expect([seqs(older.entries), older.cursor]).toEqual([[9, 8, 7, 6], null]);
    const newer = released(withNewer(older, page([11, 10, 9])));
    expect([seqs(newer.entries), newer.newest]).toEqual([[11, 10, 9, 8, 7, 6], 11]);
    expect(withNewer(newer, page([])).newest).toBe(11);
  });

  it('keeps what comes aside while it stands still, and counts it', () => {
    const still = withNewer(withNewer(withFirst(page([2, 1])), page([4, 3])), page([5]));
    expect([seqs(still.entries), seqs(still.held), still.newest]).toEqual([[2, 1], [5, 4, 3], 5]);
    expect(seqs(released(still).entries)).toEqual([5, 4, 3, 2, 1]);
    expect(released(released(still)).held).toEqual([]);
  });

  it('knows when more has come than it was told of', () => {
    expect(withNewer(withFirst(page([2, 1])), page([110, 109], 'more')).gap).toBe(true);
    expect(withFirst(page([110])).gap).toBe(false);
  });

  it('keeps what it had when a reading does not work', () => {
    const failed = { ...withFirst(page([2, 1])), cause: new Error('away') };
    expect(seqs(released(withNewer(failed, page([3]))).entries)).toEqual([3, 2, 1]);
    expect(withNewer(failed, page([3])).cause).toBeNull();
    expect(NOTHING_YET.entries).toBeNull();
  });
});
