import { describe, expect, it } from '@jest/globals';
import type { AuditSchedule, AuditStream } from '@threadline/contracts';
import { fareOf, filterWords, lagWords, leftWords, percent, placeWords, sizeWords, slotWords } from './trail-words';

const schedule = (more: Partial<AuditSchedule>) =>
  ({ frequency: 'daily', weekday: 1, monthday: 1, hour: 9, minute: 5, timeZone: 'UTC', ...more }) as AuditSchedule;
const stream = (more: Partial<AuditStream>) =>
  ({
    kind: 'webhook',
    url: 'https://siem.example/in',
    state: 'active',
    failures: 0,
    lag: 0,
    entries: true,
    ...more,
  }) as AuditStream;

describe('what is said of exports, schedules and streams', () => {
  it('how much a file holds, and of what', () => {
    expect(sizeWords({ entries: 1, bytes: 812 })).toBe('1 entry, 812 B');
    expect(sizeWords({ entries: 12_034, bytes: 9_430_000 })).toBe('12,034 entries, 9.4 MB');
    expect(sizeWords({ entries: 0, bytes: 43_000 })).toBe('0 entries, 43 kB');
    expect(filterWords({})).toBe('The whole log');
    expect(filterWords({ outcome: 'denied', from: '2026-11-01T00:00:00Z' })).toBe('“denied”, since 2026-11-01');
    expect(filterWords({ from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' })).toBe('2026-11-01 to 2026-11-02');
  });

  it('how far it has come', () => {
    expect([percent({ done: 0, total: 0 }), percent({ done: 1, total: 3 }), percent({ done: 3, total: 3 })]).toEqual([
      100, 33, 100,
    ]);
    expect([null, 0, 59, 61, 400].map(leftWords)).toEqual([
      '',
      'About 1 s left',
      'About 59 s left',
      'About 1 minute left',
      'About 7 minutes left',
    ]);
  });

  it('when a schedule is due', () => {
    expect(slotWords(schedule({}))).toBe('Every day at 09:05, UTC');
    expect(slotWords(schedule({ frequency: 'weekly', weekday: 7 }))).toBe('Every Sunday at 09:05, UTC');
    expect(
      [1, 2, 3, 11, 22, 31].map((monthday) => slotWords(schedule({ frequency: 'monthly', monthday })).slice(0, 11)),
    ).toEqual(['On the 1st ', 'On the 2nd ', 'On the 3rd ', 'On the 11th', 'On the 22nd', 'On the 31st']);
  });

  it('where a stream goes and how it fares', () => {
    expect(placeWords(stream({}))).toBe('https://siem.example/in');
    const syslog = { kind: 'syslog', url: null, host: '2001:db8::1', port: 6514, tls: true } as const;
    expect(placeWords(stream(syslog))).toBe('syslog over TLS to [2001:db8::1]:6514');
    expect(
      [{}, { failures: 2 }, { state: 'paused' as const }, { state: 'disabled' as const }].map(
        (each) => fareOf(stream(each)).words,
      ),
    ).toEqual(['Runs', 'Failing', 'Paused', 'Switched off']);
    expect(
      [{ lag: 1 }, { lag: 1_200 }, { lastDeliveredAt: 'x' }, { entries: false }].map((each) => lagWords(stream(each))),
    ).toEqual(['1 entry waits', '1,200 entries wait', 'Everything was delivered', 'Checkpoints only']);
  });
});
