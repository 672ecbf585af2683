import { describe, expect, it } from '@jest/globals';
import { v4, v7 } from 'uuid';
import { beginningOf, issueToken, provesItself, readToken } from './issued-token';

describe('issued tokens', () => {
  it('a token says whose it is, and its secret proves it', () => {
    for (const id of [v7(), v4(), '00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff']) {
      const { token, hash } = issueToken('tl_', id);
      expect(token).toMatch(/^tl_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/);
      expect(token.startsWith(beginningOf('tl_', id))).toBe(true);
      const claim = readToken('tl_', token);
      expect(claim?.id).toBe(id);
      expect(claim && provesItself(claim, hash)).toBe(true);
    }
  });

  it('no two secrets are the same, and one does not prove another', () => {
    const id = v7();
    const [one, other] = [issueToken('tl_', id), issueToken('tl_', id)];
    const claim = readToken('tl_', one.token);
    expect(one.token).not.toBe(other.token);
    expect(claim && provesItself(claim, other.hash)).toBe(false);
  });

  it('what has another form is no token', () => {
    const { token } = issueToken('tl_', v7());
    for (const other of [
      '',
      'tl_',
      token.slice(0, -1),
      `${token}x`,
      `${token}_x`,
      token.replace('tl_', 'tlscim_'),
      token.replace(/_[^_]+$/, ''),
      token.replace(/.$/, '-'),
      `tl_${'z'.repeat(22)}_${'z'.repeat(43)}`,
    ]) {
      expect(readToken('tl_', other)).toBeNull();
    }
  });
});
