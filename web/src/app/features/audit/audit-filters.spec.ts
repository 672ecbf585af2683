import { describe, expect, it } from '@jest/globals';
import { filtersOf, hidesDrafts, isFiltered, queryOf, questionOf, sameFilters } from './audit-filters';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');

describe('the filters of the audit log', () => {
  it('go to the address bar and come back', () => {
    const filters = { q: 'Ada', outcome: 'denied', targetType: 'lead', targetId: '1', days: 7, drafts: true } as const;
    const query = queryOf(filters);
    expect(query).toMatchObject({ q: 'Ada', days: '7', drafts: '1', ip: null, from: null });
    const params = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));
    expect(filtersOf(params as Record<string, string>)).toEqual(filters);
  });

  it('leave out what the address bar cannot mean', () => {
    expect(filtersOf({ outcome: 'maybe', targetType: 'planet', days: 'x', from: 'yesterday', drafts: 'no' })).toEqual(
      {},
    );
    expect(filtersOf({ days: '7', from: '2026-11-01T00:00:00Z' })).toEqual({ days: 7 });
  });

  it('leave out drafts until they are asked for, or a whole request is', () => {
    expect(questionOf({ days: 1 }, NOW)).toEqual({ from: '2026-11-20T12:00:00.000Z', without: 'draft' });
    expect(questionOf({ drafts: true }, NOW)).toEqual({});
    expect(questionOf({ action: 'draft.saved' }, NOW)).toEqual({ action: 'draft.saved' });
    expect(hidesDrafts({ requestId: 'r' })).toBe(false);
    expect(hidesDrafts({ targetType: 'draft' })).toBe(false);
    expect([isFiltered({ drafts: true }), isFiltered({ ip: '10.0.0.1' })]).toEqual([false, true]);
  });

  it('are the same in whatever order they were said', () => {
    expect(sameFilters({ q: 'a', days: 1 }, { days: 1, q: 'a' })).toBe(true);
    expect(sameFilters({ q: 'a' }, { q: 'a', drafts: true })).toBe(false);
  });
});
