import { describe, expect, it } from '@jest/globals';
import { paneWidth, panesKept } from './panes';

describe('the panes of the inbox', () => {
  it('stay within their limits', () => {
    expect(paneWidth('list', 10)).toBe(280);
    expect(paneWidth('list', 9_000)).toBe(480);
    expect(paneWidth('list', 301.6)).toBe(302);
    expect(paneWidth('views', Number.NaN)).toBe(208);
  });

  it('are as they were left, and as usual where nothing sensible is kept', () => {
    expect(panesKept('{"list":400,"leadHidden":true}')).toMatchObject({ views: 208, list: 400, leadHidden: true });
    expect(panesKept('not json')).toMatchObject({ views: 208, list: 340, lead: 320, viewsHidden: false });
    expect(panesKept('[]')).toMatchObject({ list: 340 });
  });
});
