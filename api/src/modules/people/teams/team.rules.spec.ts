import { describe, expect, it } from '@jest/globals';
import { difference, idsOf } from './team.rules';

describe('the rules of teams', () => {
  it('ids are compared in lower case, and count once', () => {
    expect(idsOf(['B', 'a', 'b'])).toEqual(['a', 'b']);
  });

  it.each([
    [[], ['a'], { come: ['a'], go: [] }],
    [['a'], [], { come: [], go: ['a'] }],
    [['a', 'b'], ['b', 'c'], { come: ['c'], go: ['a'] }],
    [['a'], ['a'], { come: [], go: [] }],
  ])('from %j to %j: %j', (before, after, expected) => {
    expect(difference(before, after)).toEqual(expected);
  });
});
