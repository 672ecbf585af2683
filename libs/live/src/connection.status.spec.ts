import { describe, expect, it } from '@jest/globals';
import { freshnessLabel } from './connection.status';

const time = (at: Date) => at.toISOString().slice(11, 16);

describe('The freshness mark', () => {
  it.each([
    ['connecting', undefined, 'Connecting'],
    ['loading', undefined, 'Loading'],
    ['live', undefined, 'Live'],
    ['catching up', 14, 'Catching up 14'],
    ['catching up', null, 'Catching up'],
    ['stale', null, 'Stale since 14:02'],
  ] as const)('says it in a few words: %s', (kind, missing, label) => {
    expect(freshnessLabel({ kind, since: new Date('2026-01-05T14:02:09Z'), missing }, time)).toBe(label);
  });
});
