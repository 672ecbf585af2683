import { describe, expect, it } from '@jest/globals';
import { draftText, isStale, NO_TEXT } from './draft.rules';

describe('a draft with nothing to read in it', () => {
  it.each(['', '  \n ', '<p></p>', '<p><br></p><p>&nbsp;</p>', '<p class="x">\u200b</p>', '<ul><li><p></p></li></ul>'])(
    '%j is no draft',
    (content) => {
      expect(draftText({ content })).toEqual(NO_TEXT);
      expect(draftText({ content, subject: '  ' })).toEqual(NO_TEXT);
    },
  );

  it.each([
    ['a', null],
    ['<p>a</p>', null],
    ['<3', null],
    ['a < b', null],
    ['<hello>', null],
    ['<p><img src="cid:1"></p>', null],
    ['', 'A subject'],
    ['<p></p>', 'A subject'],
    ['<p>One. </p>', 'A subject '],
  ])('%j with subject %j is one, exactly as written', (content, subject) => {
    expect(draftText({ content, subject })).toEqual({ content, subject });
  });
});

describe('a save', () => {
  const saved = { content: 'text', subject: null, revision: 3 };
  const cleared = { ...NO_TEXT, revision: 3 };
  it.each([
    ['without a base replaces what is there', saved, undefined, false],
    ['from the present revision is in time', saved, 3, false],
    ['from an older revision is late', saved, 2, true],
    ['from a revision that has not been yet is refused', saved, 4, true],
    ['that believes there is none is late when there is one', saved, 0, true],
    ['that believes there is none is right about a cleared draft', cleared, 0, false],
    ['from before the clearing is late', cleared, 2, true],
    ['from the clearing on is in time', cleared, 3, false],
  ])('%s', (_, present, base, stale) => {
    expect(isStale(present, base)).toBe(stale);
  });
});
