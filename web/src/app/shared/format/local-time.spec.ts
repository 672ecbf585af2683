import { describe, expect, it } from '@jest/globals';
import { localTime, momentOf } from './local-time';

describe('a field for local times', () => {
  it('takes and shows them as the person’s clock has them', () => {
    const iso = '2026-11-21T12:05:00.000Z';
    expect(momentOf(localTime(iso))).toBe(iso);
    expect([localTime(undefined), momentOf(''), momentOf('soon')]).toEqual(['', undefined, undefined]);
  });
});
