import { describe, expect, it } from '@jest/globals';
import type { AuditSlotRule } from '@threadline/contracts';
import { isTimeZone, slotAfter, slotsUntil } from './slots.rules';

const rule = (more: Partial<AuditSlotRule> = {}): AuditSlotRule => ({
  frequency: 'daily',
  weekday: 1,
  monthday: 1,
  hour: 9,
  minute: 0,
  timeZone: 'Europe/Berlin',
  ...more,
});
const next = (given: AuditSlotRule, moment: string) => {
  const { slot, at } = slotAfter(given, new Date(moment));
  return [slot, at.toISOString()];
};

describe('when a scheduled export is due', () => {
  it('at its hour in its own time zone, summer and winter', () => {
    expect(next(rule(), '2026-07-01T00:00:00Z')).toEqual(['2026-07-01T09:00', '2026-07-01T07:00:00.000Z']);
    expect(next(rule(), '2026-12-01T08:00:00Z')).toEqual(['2026-12-02T09:00', '2026-12-02T08:00:00.000Z']);
    expect(next(rule({ timeZone: 'Pacific/Kiritimati', hour: 0 }), '2026-12-01T11:00:00Z')).toEqual([
      '2026-12-03T00:00',
      '2026-12-02T10:00:00.000Z',
    ]);
    expect(next(rule({ timeZone: 'America/Los_Angeles', hour: 23 }), '2026-12-02T06:00:00Z')).toEqual([
      '2026-12-01T23:00',
      '2026-12-02T07:00:00.000Z',
    ]);
    expect(next(rule({ timeZone: 'Asia/Kathmandu' }), '2026-12-01T00:00:00Z')[1]).toBe('2026-12-01T03:15:00.000Z');
  });

  it('on its day of the week, and on the last day of a month that is too short', () => {
    expect(next(rule({ frequency: 'weekly', weekday: 7 }), '2026-11-21T12:00:00Z')[0]).toBe('2026-11-22T09:00');
    expect(next(rule({ frequency: 'weekly', weekday: 6 }), '2026-11-21T12:00:00Z')[0]).toBe('2026-11-28T09:00');
    expect(next(rule({ frequency: 'monthly', monthday: 31 }), '2027-02-01T00:00:00Z')[0]).toBe('2027-02-28T09:00');
    expect(next(rule({ frequency: 'monthly', monthday: 31 }), '2027-02-28T12:00:00Z')[0]).toBe('2027-03-31T09:00');
    expect(next(rule({ frequency: 'monthly', monthday: 29 }), '2028-02-01T00:00:00Z')[0]).toBe('2028-02-29T09:00');
  });

  it('at the next valid minute when the clocks leap over it', () => {
    expect(next(rule({ hour: 2, minute: 30 }), '2026-03-28T12:00:00Z')).toEqual([
      '2026-03-29T02:30',
      '2026-03-29T01:00:00.000Z',
    ]);
    expect(next(rule({ hour: 2, minute: 30 }), '2026-03-29T01:00:00Z')[0]).toBe('2026-03-30T02:30');
    // Half an hour at Lord Howe.
    expect(next(rule({ timeZone: 'Australia/Lord_Howe', hour: 2, minute: 15 }), '2026-10-03T12:00:00Z')).toEqual([
      '2026-10-04T02:15',
      '2026-10-03T15:30:00.000Z',
    ]);
  });

  it('once when the clocks show its hour twice', () => {
    const twice = rule({ hour: 2, minute: 30 });
    expect(next(twice, '2026-10-24T12:00:00Z')).toEqual(['2026-10-25T02:30', '2026-10-25T00:30:00.000Z']);
    expect(next(twice, '2026-10-25T00:30:00Z')).toEqual(['2026-10-26T02:30', '2026-10-26T01:30:00.000Z']);
  });

  it('lists what was slept through', () => {
    const first = slotAfter(rule(), new Date('2026-11-01T12:00:00Z'));
    const slots = slotsUntil(rule(), first, new Date('2026-11-05T12:00:00Z'), 100);
    expect(slots.map(({ slot }) => slot.slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-03',
      '2026-11-04',
      '2026-11-05',
    ]);
    expect(slotsUntil(rule(), first, new Date('2026-11-02T07:59:59Z'), 100)).toEqual([]);
  });

  it('only in zones that there are', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
