import { describe, expect, it } from '@jest/globals';
import { ownedWords } from './owned-words';

const of = (leads: number, conversations: number, more = false) => ({
  leads: { count: leads, more },
  conversations: { count: conversations, more: false },
});

describe('what a removed member leaves behind, in words', () => {
  it.each([
    [null, 'Their leads and conversations go to'],
    [of(0, 0), 'They own nothing now; what comes in meanwhile goes to'],
    [of(14, 0), 'Their 14 leads go to'],
    [of(1, 0), 'Their 1 lead goes to'],
    [of(14, 1), 'Their 14 leads and 1 conversation go to'],
    [of(200, 3, true), 'Their 200 or more leads and 3 conversations go to'],
  ])('%j: %s', (owned, words) => {
    expect(ownedWords(owned)).toBe(words);
  });
});
