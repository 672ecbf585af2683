import { describe, expect, it } from '@jest/globals';
import { changeText, figureText } from './figure-format';
import { clockTime, dayTitle, exactTime, relativeTime, span, timeOf, type Reader } from './relative-time';

const reader = (now: string, zone = 'Europe/Paris'): Reader => ({ now: Date.parse(now), zone, locale: 'en-GB' });
const NOON = reader('2026-11-21T11:00:00Z');

describe('a time as people say it', () => {
  it.each([
    ['2026-11-21T13:03:00Z', '14:03'],
    ['2026-11-21T00:30:00Z', '01:30'],
    ['2026-11-20T22:59:00Z', 'yesterday'],
    ['2026-11-20T23:01:00Z', '00:01'],
    ['2026-11-22T09:00:00Z', 'tomorrow'],
    ['2026-11-12T09:00:00Z', '12 Nov'],
    ['2024-11-12T09:00:00Z', '12 Nov 2024'],
    ['no time', ''],
  ])('%s is "%s" in Paris', (iso, expected) => {
    expect(relativeTime(iso, NOON)).toBe(expected);
  });

  it('turns the day at the reader’s midnight, not at ours', () => {
    const late = '2026-11-20T23:30:00Z';
    expect(relativeTime(late, reader('2026-11-21T01:00:00Z', 'UTC'))).toBe('yesterday');
    expect(relativeTime(late, reader('2026-11-21T01:00:00Z', 'America/New_York'))).toBe('18:30');
  });

  it('knows yesterday across the change to winter time and across new year', () => {
    expect(relativeTime('2026-10-24T22:30:00Z', reader('2026-10-26T08:00:00Z'))).toBe('yesterday');
    expect(relativeTime('2025-12-31T12:00:00Z', reader('2026-01-01T12:00:00Z'))).toBe('yesterday');
    expect(relativeTime('2025-12-30T12:00:00Z', reader('2026-01-01T12:00:00Z'))).toBe('30 Dec 2025');
  });

  it('keeps the time of day where it is asked for', () => {
    expect(timeOf('2026-11-21T13:03:00Z', NOON)).toBe('14:03');
    expect(timeOf('2026-11-20T13:03:00Z', NOON)).toBe('yesterday 14:03');
    expect(timeOf('2026-11-12T13:03:00Z', NOON)).toBe('12 Nov, 14:03');
    expect(clockTime('2026-11-21T23:05:00Z', NOON)).toBe('00:05');
  });

  it('is exact on hover', () => {
    expect(exactTime('2026-11-21T13:03:27Z', NOON)).toMatch(/^Sat,? 21 Nov 2026,? 14:03:27 CET$/u);
  });

  it('names the days of a conversation', () => {
    expect(dayTitle('2026-11-21T08:00:00Z', NOON)).toBe('Today');
    expect(dayTitle('2026-11-20T08:00:00Z', NOON)).toBe('Yesterday');
    expect(dayTitle('2026-11-12T08:00:00Z', NOON)).toBe('Thursday 12 November');
  });
});

it('a length of time is said in its largest sensible unit', () => {
  expect([0, 8_200, 240_000, 10_800_000, 172_800_000].map(span)).toEqual(['0 s', '8 s', '4 min', '3 h', '2 d']);
});

it('figures are written with separators, rates with one decimal, changes with their sign', () => {
  expect(figureText(12408, 'count', 'en-GB')).toBe('12,408');
  expect(figureText(31.42, 'percent', 'en-GB')).toBe('31.4%');
  expect([12.44, -3, 0, 0.04, 240.6].map((change) => changeText(change, 'en-GB'))).toEqual([
    '+12.4%',
    '−3%',
    '0%',
    '0%',
    '+241%',
  ]);
});
