import { describe, expect, it } from '@jest/globals';
import { type FailedTry, pauseAfter, SCHEDULE } from './delivery-retry.rules';

const AT = new Date('2026-11-21T12:00:00.000Z');
const failed = (more: Partial<FailedTry> = {}): FailedTry => ({
  ...{ tries: 1, status: 500, timedOut: false, at: AT, random: 0.5 },
  ...more,
});
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('the pause after a failed try', () => {
  it('goes by the schedule of Standard Webhooks, about three days altogether, and then ends', () => {
    const pauses = SCHEDULE.map((_, index) => pauseAfter(failed({ tries: index + 1 })));
    expect(pauses).toEqual([
      ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
      null,
    ]);
    expect(SCHEDULE.reduce((sum: number, step) => sum + step, 0)).toBe(75.6 * HOUR - 60 * SECOND + 5 * SECOND);
  });

  it.each([
    [0, 0.8],
    [1, 1.2],
  ])('is spread by a fifth: at random %s it is %s of the step', (random, factor) => {
    expect(pauseAfter(failed({ tries: 2, random }))).toBe(5 * MINUTE * factor);
  });

  it.each([
    ['1', 5 * MINUTE],
    ['400', 400 * SECOND],
    ['86400', 10 * MINUTE],
    ['garbage', 5 * MINUTE],
    ['-5', 5 * MINUTE],
    ['1e9', 5 * MINUTE],
    ['Sat, 21 Nov 2026 12:07:00 GMT', 7 * MINUTE],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 5 * MINUTE],
    ['Fri, 31 Dec 2027 00:00:00 GMT', 10 * MINUTE],
    ['2026-11-21T12:07:00Z', 5 * MINUTE],
  ])('Retry-After %s is kept between once and twice the step', (retryAfter, pause) => {
    for (const status of [429, 503]) expect(pauseAfter(failed({ tries: 2, status, retryAfter }))).toBe(pause);
  });

  it.each([429, 502, 504])('after %s it is a minute at least', (status) => {
    expect(pauseAfter(failed({ status }))).toBe(MINUTE);
    expect(pauseAfter(failed({ status, tries: 3 }))).toBe(30 * MINUTE);
  });

  it('after a timeout it is a minute at least', () => {
    expect(pauseAfter(failed({ status: null, timedOut: true }))).toBe(MINUTE);
    expect(pauseAfter(failed({ status: null }))).toBe(5 * SECOND);
  });
});
