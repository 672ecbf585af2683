import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ReplyTokens } from './reply-token.rules';

const tokens = new ReplyTokens(Buffer.alloc(32, 7));
const other = new ReplyTokens(Buffer.alloc(32, 8));

describe('a token in an address', () => {
  it.each([16, 18, 24, 25])(
    'comes back as the tracking id of %i bytes, in any case, and fits a local part',
    (bytes) => {
      const id = randomBytes(bytes).toString('base64url');
      const token = tokens.seal('bounce', id);
      expect(`bounce+${token}`.length).toBeLessThanOrEqual(64);
      expect(token).toMatch(/^[a-z2-7]+$/);
      expect(tokens.open('bounce', token)).toBe(id);
      expect(tokens.open('bounce', token.toUpperCase())).toBe(id);
    },
  );

  it('opens nothing for the other kind of address, or in another installation', () => {
    const token = tokens.seal('reply', randomBytes(18).toString('base64url'));
    expect(tokens.open('bounce', token)).toBeNull();
    expect(other.open('reply', token)).toBeNull();
  });

  it('opens nothing when one character of it is another', () => {
    const token = tokens.seal('reply', randomBytes(18).toString('base64url'));
    for (let i = 0; i < token.length; i += 1) {
      const changed = token.slice(0, i) + (token[i] === 'a' ? 'b' : 'a') + token.slice(i + 1);
      expect(tokens.open('reply', changed)).toBeNull();
    }
  });

  it.each(['', 'a', 'not base32!', 'ä', 'a'.repeat(1_000), '='.repeat(40)])('opens nothing when it is %j', (token) => {
    expect(tokens.open('reply', token)).toBeNull();
  });

  it('is never made of what would not come back', () => {
    expect(() => tokens.seal('reply', 'not base64url!')).toThrow();
    expect(() => tokens.seal('reply', '')).toThrow();
    expect(() => tokens.seal('reply', randomBytes(26).toString('base64url'))).toThrow();
  });
});
