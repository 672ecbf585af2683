import { describe, expect, it } from '@jest/globals';
import type { Member } from '@threadline/contracts';
import { matching } from './people-picker.rules';

const people = [
  ['Mara Lind', 'mara@example.com'],
  ['Ben Okoro', 'ben@other.example'],
].map(([name, email]) => ({ name, email }) as Member);

describe('finding people', () => {
  it.each([
    ['', ['Mara Lind', 'Ben Okoro']],
    ['  lind MARA ', ['Mara Lind']],
    ['other', ['Ben Okoro']],
    ['nobody', []],
  ])('“%s” finds %j', (query, names) => {
    expect(matching(people, query).map(({ name }) => name)).toEqual(names);
  });
});
