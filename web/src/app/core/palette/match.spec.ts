import { describe, expect, it } from '@jest/globals';
import { matchScore } from './match';

describe('a match', () => {
  it('prefers the whole, then the beginning, then the beginning of a word, then anywhere', () => {
    const scores = ['mara', 'mara lindqvist', 'jo mara', 'samara'].map((text) => matchScore('mara', text));
    expect([...scores].sort((one, other) => other - one)).toEqual(scores);
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it('reads over accents and case', () => {
    expect(matchScore('ibanez', 'Carlos Ibáñez')).toBeGreaterThan(500);
  });

  it('finds letters in their order, last of all', () => {
    expect(matchScore('drkthm', 'Dark theme')).toBeGreaterThan(0);
    expect(matchScore('drkthm', 'Dark theme')).toBeLessThan(matchScore('theme', 'Dark theme'));
  });

  it('does not find what is not there', () => {
    expect(matchScore('zebra', 'Inbox')).toBe(0);
    expect(matchScore('z', 'Fizz')).toBeGreaterThan(0);
    expect(matchScore('q', 'Inbox')).toBe(0);
  });
});
