import { describe, expect, it } from '@jest/globals';
import type { AuditEntry, Page } from '@threadline/contracts';
import { NOTHING_YET, withFirst, withNewer, withOlder } from './audit.store';

const page = (seqs: number[], nextCursor: string | null = null): Page<AuditEntry> => ({
  items: seqs.map((seq) => ({ seq }) as AuditEntry),
  nextCursor,
});
const seqs = ({ entries }: { entries: readonly AuditEntry[] | null }) => entries?.map(({ seq }) => seq);

describe('the audit log on screen', () => {
  it('has older entries below and newer ones on top, each once', () => {
    const first = withFirst(page([9, 8], 'c'));
    expect([seqs(first), first.cursor, first.newest]).toEqual([[9, 8], 'c', 9]);
    const older = withOlder(first, page([7, 6]));
    expect([seqs(older), older.cursor]).toEqual([[9, 8, 7, 6], null]);
    const newer = withNewer(older, page([11, 10, 9]));
    expect([seqs(newer), newer.newest]).toEqual([[11, 10, 9, 8, 7, 6], 11]);
    expect(withNewer(newer, page([])).newest).toBe(11);
  });

  it('keeps what it had when a reading does not work', () => {
    const failed = { ...withFirst(page([2, 1])), cause: new Error('away') };
    expect(seqs(withNewer(failed, page([3])))).toEqual([3, 2, 1]);
    expect(withNewer(failed, page([3])).cause).toBeNull();
    expect(NOTHING_YET.entries).toBeNull();
  });
});
