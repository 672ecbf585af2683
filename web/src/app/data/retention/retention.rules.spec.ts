import { describe, expect, it } from '@jest/globals';
import type { LegalHold } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceRetention, type RetentionState } from './retention.rules';

const hold = (id: string, placedAt: string, releasedAt: string | null = null): LegalHold => ({
  id,
  reason: `Case ${id}`,
  targets: [],
  actorIds: [],
  placedAt,
  placedBy: 'ada',
  releasedAt,
  releasedBy: null,
});
const event = (type: string, data: object) =>
  ({
    type,
    data,
    actor: { type: 'user', id: 'ada' },
    occurredAt: '2026-11-21T12:00:00.000Z',
  }) as unknown as EventOfStore<'activity'>;
const state: RetentionState = {
  retention: { months: null, updatedAt: null, updatedBy: null },
  holds: [hold('a', '2026-11-01T00:00:00.000Z')],
  cuts: [],
};

describe('the retention of the audit log on the screen', () => {
  it('says how long the log is kept from now on, and by whom', () => {
    const after = reduceRetention(state, event('audit_retention.changed', { months: 12 }));
    expect(after.retention).toEqual({ months: 12, updatedAt: '2026-11-21T12:00:00.000Z', updatedBy: 'ada' });
  });

  it('shows a new hold first, once, and a released one last', () => {
    const placed = event('legal_hold.placed', { hold: hold('b', '2026-11-02T00:00:00.000Z') });
    const after = reduceRetention(reduceRetention(state, placed), placed);
    expect(after.holds.map(({ id }) => id)).toEqual(['b', 'a']);
    const released = hold('b', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z');
    expect(reduceRetention(after, event('legal_hold.released', { hold: released })).holds.map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
  });

  it('stays as it is for everything else', () => {
    expect(reduceRetention(state, event('lead.deleted', { leadId: 'x', name: 'X' }))).toBe(state);
  });
});
