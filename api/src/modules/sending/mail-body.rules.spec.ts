import { describe, expect, it } from '@jest/globals';
import { parse, serialize } from 'parse5';
import { remoteImages, webLinks } from '../../platform/html';
import { mailBody, type TrackingAddresses } from './mail-body.rules';

const ID = 'tracking-id-of-this-message';

function addresses(): TrackingAddresses & { clicked: string[] } {
  const clicked: string[] = [];
  return {
    clicked,
    pixelUrl: (id) => `https://tl.test/api/outreach/track/${id}?a=1&b=2`,
    clickUrl: (id, index, url) => {
      if (url.startsWith('https://tl.test/')) return null;
      clicked.push(url);
      return `https://tl.test/api/outreach/click/${id}?l=${index}&x=1`;
    },
  };
}

describe('a mail made of plain text', () => {
  const text = 'Hello <Ben> & co,\r\n\r\n  see https://acme.test/offer?a=1&b=2.\r\nAnna';

  it('looks the same in HTML, and its bare addresses are tracked', () => {
    const tracking = addresses();
    const { html } = mailBody(text, ID, tracking);
    expect(tracking.clicked).toEqual(['https://acme.test/offer?a=1&b=2']);
    expect(html).toContain(
      'Hello &lt;Ben&gt; &amp; co,<br>\n<br>\n &nbsp;see <a href="https://tl.test/api/outreach/click/',
    );
    expect(html).toContain('>https://acme.test/offer?a=1&amp;b=2</a>.<br>\nAnna');
  });

  it('has the text itself as its text part, with its own links', () => {
    expect(mailBody(text, ID, addresses()).text).toBe(
      'Hello <Ben> & co,\n\n  see https://acme.test/offer?a=1&b=2.\nAnna',
    );
  });
});

describe('a mail made of HTML', () => {
  const content =
    '<p>Hello <strong>Ben</strong>, <a href="https://acme.test/a?x=1&amp;y=2">the offer</a> and <a href="mailto:anna@acme.test">me</a>, <a href="tel:+49123">call</a>, <a href="https://tl.test/api/outreach/unsubscribe/t">no more</a></p><p><a href="http://acme.test/b">b</a></p>';

  it('has its web links tracked in order, and all others left alone', () => {
    const tracking = addresses();
    const { html } = mailBody(content, ID, tracking);
    expect(tracking.clicked).toEqual(['https://acme.test/a?x=1&y=2', 'http://acme.test/b']);
    expect(webLinks(html).map(({ href }) => href)).toEqual([
      `https://tl.test/api/outreach/click/${ID}?l=0&x=1`,
      'https://tl.test/api/outreach/unsubscribe/t',
      `https://tl.test/api/outreach/click/${ID}?l=1&x=1`,
    ]);
    expect(html).toContain('href="mailto:anna@acme.test"');
    expect(html).toContain('href="tel:+49123"');
  });

  it('has the pixel once, as the last thing in the body', () => {
    const { html } = mailBody(content, ID, addresses());
    expect(remoteImages(html)).toEqual([`https://tl.test/api/outreach/track/${ID}?a=1&b=2`]);
    expect(html).toMatch(/<img [^>]+><\/body><\/html>\n$/);
  });

  it('has a text part with the original links', () => {
    const { text } = mailBody(content, ID, addresses());
    expect(text).toBe(
      'Hello Ben, the offer <https://acme.test/a?x=1&y=2> and me <anna@acme.test>, call <tel:+49123>, no more <https://tl.test/api/outreach/unsubscribe/t>\n\nb <http://acme.test/b>',
    );
    expect(text).not.toContain('/click/');
  });

  it('that is not tracked has no pixel and its own links', () => {
    const { html } = mailBody(content, null, addresses());
    expect(remoteImages(html)).toEqual([]);
    expect(html).not.toContain('/click/');
  });

  it('carries an invisible link only where there are such', () => {
    const plain = mailBody(content, ID, addresses()).html;
    const trap = mailBody(content, ID, { ...addresses(), honeypotUrl: (id) => `https://tl.test/h/${id}` }).html;
    expect(webLinks(plain)).toHaveLength(3);
    expect(webLinks(trap).at(-1)?.href).toBe(`https://tl.test/h/${ID}`);
    expect(webLinks(trap).at(-1)?.text).toBe('');
  });
});

describe('whatever the content is', () => {
  const pieces = [
    '<p>',
    '</p>',
    '<a href="https://a.test/x">',
    "<a href='https://b.test/?q=\"'>",
    '</a>',
    '<b>',
    '</div>',
    'text ',
    'https://c.test/y ',
    '&amp;',
    '&#34;',
    '<',
    '>',
    '"',
    '<!--',
    '-->',
    '\r\n',
    '<table><tr>',
    '<td>',
    '<plaintext>',
    '<title>',
    '</body></html>',
    '<img src="https://evil.test/p">',
    '\u0000',
    '🙂',
  ];
  let seed = 7;
  const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648);
  const nonsense = Array.from({ length: 300 }, () =>
    Array.from({ length: 1 + (next() % 14) }, () => pieces[next() % pieces.length]).join(''),
  );

  it('the mail is one well-formed page, tracked throughout, in one pass', () => {
    for (const content of nonsense) {
      const tracking = addresses();
      const { html, text } = mailBody(content, ID, tracking);
      expect(serialize(parse(html)).match(/<img src="https:\/\/tl\.test/g)).toHaveLength(1);
      const links = webLinks(html).map(({ href }) => href);
      expect(links.filter((href) => !href.startsWith('https://tl.test/'))).toEqual([]);
      // A link left open is repeated by parsers at the next block; it is one link all the same.
      expect(new Set(links).size).toBe(tracking.clicked.length);
      expect(text).not.toContain('/api/outreach/');
      expect(mailBody(content, ID, addresses()).html).toBe(html);
    }
  });

  it('a very large one takes no longer than large', () => {
    const started = performance.now();
    mailBody('<p>word <a href="https://a.test/">x</a> https://b.test/</p>'.repeat(8_000), ID, addresses());
    mailBody('https://b.test/ '.repeat(6_000), ID, addresses());
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
