import { describe, expect, it } from '@jest/globals';
import type { DashboardStats, NumberRow, NumberRows } from '@threadline/contracts';
import { lastDays, newerStats, type NumberRowsState, rowId, shareOf, withRows } from './dashboard.rules';

const stats = (asOf: number, totalLeads: number) => ({ asOf, totalLeads }) as DashboardStats;
const row = (id: string): NumberRow =>
  ({ lead: { id: 'lead' }, conversation: null, message: { id } }) as unknown as NumberRow;

describe('the numbers of the dashboard', () => {
  it('keep the state that contains more of the log', () => {
    expect(newerStats(stats(9, 1), stats(8, 2)).totalLeads).toBe(1);
    expect(newerStats(stats(9, 1), stats(9, 2)).totalLeads).toBe(2);
    expect(newerStats(stats(9, 1), stats(10, 3)).totalLeads).toBe(3);
  });

  it('of the last seven days include today, across a change of year', () => {
    expect(lastDays(7, Date.parse('2026-01-03T00:30:00Z'))).toEqual({ from: '2025-12-28', to: '2026-01-03' });
  });

  it('list a row once, though pages overlap', () => {
    const state: NumberRowsState = {
      number: 'messagesSent',
      period: { from: null, to: null },
      items: [row('2')],
      nextCursor: 'more',
      count: 2,
    };
    const page = { items: [row('2'), row('1')], nextCursor: null, count: 2 } as unknown as NumberRows;
    expect(withRows(state, page)).toMatchObject({ nextCursor: null, count: 2 });
    expect(withRows(state, page).items.map(rowId)).toEqual(['2', '1']);
  });

  it('of a rate say what it counts and of how many', () => {
    const values = { openRate: 54.5, messagesOpened: 42, messagesSent: 77 };
    expect(shareOf('openRate', values)).toEqual({ rate: 54.5, part: 42, whole: 77 });
    expect(shareOf('clickRate', values)).toBeNull();
    expect(shareOf('messagesSent', values)).toBeNull();
  });
});
