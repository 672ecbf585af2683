import { describe, expect, it } from '@jest/globals';
import { remoteImages, rewriteLinks, webLinks, webUrl } from './links';

const counted = () => {
  const seen: string[] = [];
  return { seen, replace: (url: string) => `https://t.test/${seen.push(url) - 1}` };
};

describe('links', () => {
  it('are rewritten in order, with entities decoded', () => {
    const { seen, replace } = counted();
    const html = rewriteLinks(
      '<p><a href="https://a.test/?x=1&amp;y=%20&quot;">one</a> <a href=HTTP://B.test>two</a></p>',
      replace,
    );
    expect(seen).toEqual(['https://a.test/?x=1&y=%20"', 'HTTP://B.test']);
    expect(html).toBe('<p><a href="https://t.test/0">one</a> <a href="https://t.test/1">two</a></p>');
  });

  it.each([
    'mailto:a@b.test',
    'tel:+491234',
    '#top',
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    'ftp://a.test/x',
    'https://',
    '',
  ])('to %s stay as they are', (href) => {
    const html = `<a href="${href}">x</a>`;
    expect(rewriteLinks(html, () => 'https://t.test/')).toBe(html);
    expect(webLinks(html)).toEqual([]);
  });

  it('that are broken over lines are followed as browsers follow them', () => {
    expect(webUrl(' https://a.test/\r\n\tpath ')).toBe('https://a.test/path');
    expect(webUrl('https://bücher.test/ä?q=ü')).toBe('https://xn--bcher-kva.test/%C3%A4?q=%C3%BC');
    expect(webUrl(`https://a.test/${'x'.repeat(5000)}`)).toBeNull();
  });

  it('that are nested or unclosed come out as a parser sees them', () => {
    const { seen, replace } = counted();
    const html = rewriteLinks('<a href="https://a.test/">one <a href="https://b.test/">two</a> three', replace);
    expect(seen).toEqual(['https://a.test/', 'https://b.test/']);
    expect(html).toBe('<a href="https://t.test/0">one </a><a href="https://t.test/1">two</a> three');
  });

  it('are made of bare addresses in the text, without the punctuation of the sentence', () => {
    const { seen, replace } = counted();
    const html = rewriteLinks(
      'See https://a.test/x. Or (https://b.test/wiki/A_(b)), <b>https://c.test/?q=1&amp;r=2</b>! “https://d.test”',
      replace,
    );
    expect(seen).toEqual([
      'https://a.test/x',
      'https://b.test/wiki/A_(b)',
      'https://c.test/?q=1&r=2',
      'https://d.test',
    ]);
    expect(html).toContain('See <a href="https://t.test/0">https://a.test/x</a>. Or (');
    expect(html).toContain('<b><a href="https://t.test/2">https://c.test/?q=1&amp;r=2</a></b>!');
  });

  it('are not made inside links and code', () => {
    const { seen, replace } = counted();
    rewriteLinks(
      '<a href="https://a.test/">https://shown.test</a><code>https://b.test</code><pre><b>https://c.test</b></pre>',
      replace,
    );
    expect(seen).toEqual(['https://a.test/']);
  });

  it('can be listed with what they say', () => {
    expect(
      webLinks(
        '<p>x <a href="https://a.test/">the <b>first</b>\n one</a><a href="mailto:x@y.test">y</a><a href="https://b.test">2</a></p>',
      ),
    ).toEqual([
      { index: 0, href: 'https://a.test/', text: 'the first one' },
      { index: 1, href: 'https://b.test', text: '2' },
    ]);
  });

  it('take time in proportion to the text, whatever it is', () => {
    const started = process.cpuUsage();
    const hostile = [
      'https://a.test/' + ')'.repeat(300_000),
      'https://a.test/x '.repeat(30_000),
      'https://a.test/x<br>'.repeat(30_000),
      '<a href="https://a.test/">'.repeat(5_000),
      '<div>'.repeat(90).concat('https://a.test/'),
      '('.repeat(100_000) + 'https://',
    ];
    for (const html of hostile) rewriteLinks(html, () => 'https://t.test/');
    // Of the processor, not of the clock: whatever else runs on the machine is not the text's doing.
    const { user } = process.cpuUsage(started);
    expect(user / 1_000).toBeLessThan(8_000);
  });
});

describe('pictures', () => {
  it('that a mail program would fetch are found', () => {
    expect(remoteImages('<img src="https://t.test/p.gif?a=1&amp;b=2"><img src="cid:x"><img alt="">')).toEqual([
      'https://t.test/p.gif?a=1&b=2',
    ]);
  });
});
