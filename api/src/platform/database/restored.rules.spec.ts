import { describe, expect, it } from '@jest/globals';
import { changeBetween, type Fingerprint, fingerprintOf, textOf } from './restored.rules';

const MINUTE = 60_000;
const BEFORE: Fingerprint = { database: '16384', cluster: '7412345678901234567', timeline: '1', files: '1763700000' };

describe('whether a database is the one that is remembered', () => {
  it.each<[string, Partial<Fingerprint>, number, string]>([
    ['the same one, a year later', {}, 365 * 24 * 60, 'none'],
    ['a dump, loaded into another cluster', { cluster: '7499999999999999999', files: '1763800000' }, 1, 'restored'],
    ['a dump, loaded beside the original', { database: '16999' }, 1, 'restored'],
    ['a copy of the data folder', { files: '1763800000' }, 1, 'restored'],
    ['a point in time of yesterday', { timeline: '2', files: '1763800000' }, 24 * 60, 'restored'],
    ['a standby that has taken over', { timeline: '2', files: '1763800000' }, 9, 'promoted'],
    ['one whose files could be looked at before and cannot now', { files: '' }, 1, 'none'],
    ['one that tells nothing but its number', { cluster: '', timeline: '', files: '' }, 1, 'none'],
  ])('%s', (_what, now, silentMinutes, change) => {
    expect(changeBetween(BEFORE, { ...BEFORE, ...now }, silentMinutes * MINUTE)).toBe(change);
  });

  it('is remembered as text, also as earlier versions wrote it', () => {
    expect(fingerprintOf(textOf(BEFORE))).toEqual(BEFORE);
    const earlier = fingerprintOf('16384:7412345678901234567:1');
    expect(earlier).toEqual({ ...BEFORE, files: '' });
    expect(changeBetween(earlier, BEFORE, 0)).toBe('none');
  });
});
