import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { HONEYPOT } from './hit';
import { linkProblem, MAX_LINK, redirectable } from './link.rules';
import { isTrackingId, LinkSeal } from './ticket.rules';

const newTrackingId = () => randomBytes(18).toString('base64url');

const seal = new LinkSeal(randomBytes(32));
const URL_ = 'https://example.com/offer?a=1&b=%20x#part';

describe('a tracking id', () => {
  it.each(['a'.repeat(22), 'a'.repeat(64), newTrackingId(), 'Az09_-'.repeat(5)])('can be %j', (text) => {
    expect(isTrackingId(text)).toBe(true);
  });

  it.each([
    '',
    'short',
    'a'.repeat(21),
    'a'.repeat(65),
    `${'a'.repeat(30)}%`,
    `${'a'.repeat(30)}/x`,
    `${'a'.repeat(30)}\n`,
  ])('is not %j', (text) => {
    expect(isTrackingId(text)).toBe(false);
  });
});

describe('a sealed link', () => {
  it('opens to what was sealed, for its tracking id', () => {
    const id = newTrackingId();
    for (const link of [
      { index: 0, url: URL_ },
      { index: 41, url: 'http://example.com' },
      { index: HONEYPOT, url: 'https://example.com/' },
      { index: 65_534, url: `https://example.com/${'x'.repeat(MAX_LINK - 20)}` },
    ]) {
      const sealed = seal.seal(id, link);
      expect(sealed).toMatch(/^[\w-]+$/);
      expect(seal.open(id, sealed)).toEqual(link);
    }
  });

  it('seals alike each time, and differently for another id, number, address or installation', () => {
    const id = newTrackingId();
    const link = { index: 1, url: URL_ };
    const sealed = seal.seal(id, link);
    expect(seal.seal(id, link)).toBe(sealed);
    expect(seal.seal(newTrackingId(), link)).not.toBe(sealed);
    expect(seal.seal(id, { ...link, index: 2 })).not.toBe(sealed);
    expect(seal.seal(id, { ...link, url: `${URL_}x` })).not.toBe(sealed);
    expect(new LinkSeal(randomBytes(32)).seal(id, link)).not.toBe(sealed);
  });

  it('does not open with one character changed, wherever it is', () => {
    const id = newTrackingId();
    for (const url of ['https://a.io/', 'https://a.io/1', 'https://a.io/12']) {
      const sealed = seal.seal(id, { index: 0, url });
      for (let position = 0; position < sealed.length; position++) {
        for (const other of ['A', 'B', '_', '-', '.', '=', '+']) {
          if (sealed[position] === other) continue;
          expect(seal.open(id, sealed.slice(0, position) + other + sealed.slice(position + 1))).toBeNull();
        }
      }
    }
  });

  it('does not open when cut, lengthened, empty, or far too long', () => {
    const id = newTrackingId();
    const sealed = seal.seal(id, { index: 0, url: URL_ });
    for (let length = 0; length < sealed.length; length++) expect(seal.open(id, sealed.slice(0, length))).toBeNull();
    for (const more of ['A', 'AAAA', '=', ' ', '\n']) expect(seal.open(id, sealed + more)).toBeNull();
    expect(seal.open(id, 'A'.repeat(100_000))).toBeNull();
  });

  it('does not open for another tracking id, nor with the key of another installation', () => {
    const id = newTrackingId();
    const sealed = seal.seal(id, { index: 0, url: URL_ });
    expect(seal.open(newTrackingId(), sealed)).toBeNull();
    expect(seal.open(id.slice(0, -1), sealed)).toBeNull();
    expect(new LinkSeal(randomBytes(32)).open(id, sealed)).toBeNull();
  });

  it('opens in microseconds, and refuses as fast', () => {
    const id = newTrackingId();
    const sealed = seal.seal(id, { index: 0, url: URL_ });
    const foreign = new LinkSeal(randomBytes(32)).seal(id, { index: 0, url: URL_ });
    const perCall = (text: string) => {
      const started = process.hrtime.bigint();
      for (let n = 0; n < 2_000; n++) seal.open(id, text);
      return Number(process.hrtime.bigint() - started) / 2_000 / 1_000;
    };
    perCall(sealed);
    perCall(foreign);
    // Generous: the machine is shared. Typically 10 and 15 µs.
    expect(perCall(sealed)).toBeLessThan(300);
    expect(perCall(foreign)).toBeLessThan(300);
  });
});

describe('a destination', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,hi',
    'file:///etc/passwd',
    'mailto:ada@example.com',
    '//evil.test',
    '/path',
    'https:evil.test',
    'https:/\\evil.test',
    'https://',
    'https://a@evil.test',
    'https://example.com:secret@evil.test/',
    'https://a:@evil.test',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/',
    'http://localhost./',
    'http://app.localhost:3000/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
    'https://example.com/\r\nSet-Cookie: a=b',
    'https://example.com/\nx',
    'https://example.com/\u0000',
    'https://exa mple.com/',
    'https://example.com:99999/',
    `https://example.com/${'x'.repeat(MAX_LINK)}`,
    '',
  ])('is never %j', (url) => {
    expect(linkProblem(url)).not.toBeNull();
    expect(redirectable(url)).toBeNull();
    expect(() => seal.seal(newTrackingId(), { index: 0, url })).toThrow();
  });

  it.each([
    [URL_, URL_],
    ['HTTP://Example.com', 'HTTP://Example.com'],
    ['  https://example.com/a  ', 'https://example.com/a'],
    ['https://bücher.example/ä b', 'https://xn--bcher-kva.example/%C3%A4%20b'],
    ['https://example.com\\path', 'https://example.com/path'],
    ['http://192.168.1.10:8080/intranet', 'http://192.168.1.10:8080/intranet'],
    ['https://example.com/?q="<>', 'https://example.com/?q="<>'],
  ])('%j is redirected to as %j', (href, url) => {
    expect(redirectable(href)).toBe(url);
  });
});
