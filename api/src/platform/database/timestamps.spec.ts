import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { READING, readTime } from './timestamps';

describe('a time that PostgreSQL sends', () => {
  const usual = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => unknown;

  it.each([
    '2026-11-21 13:22:48+00',
    '2026-11-21 13:22:48.1+00',
    '2026-11-21 13:22:48.12+00',
    '2026-02-28 23:59:59.123+00',
    '2026-11-21 13:22:48.123456+00',
    '2026-11-21 13:22:48.5+02',
    '2026-11-21 13:22:48.123+05:30',
    '0044-03-15 12:00:00+00',
    '0044-03-15 12:00:00+00 BC',
    '12026-11-21 13:22:48+00',
    'infinity',
  ])('is the same by the short way as by the long one: %s', (text) => {
    expect(readTime(text)).toEqual(usual(text));
  });

  it('is read so by every connection, and nothing else is', () => {
    expect(READING.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text')).toBe(readTime);
    expect(READING.getTypeParser(pg.types.builtins.INT4, 'text')('7')).toBe(7);
  });
});
