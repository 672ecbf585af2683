import { describe, expect, it } from '@jest/globals';
import { htmlOfText, previewOf, textOfHtml } from './text';

describe('the text of HTML', () => {
  it('shows where links lead, unless they say so', () => {
    expect(
      textOfHtml(
        '<p>See <a href="https://a.test/x?a=1&amp;b=2">our page</a></p><p><a href="https://b.test/">https://b.test/</a></p>',
      ),
    ).toBe('See our page <https://a.test/x?a=1&b=2>\n\nhttps://b.test/');
  });

  it('keeps paragraphs, lists and quotes apart', () => {
    expect(textOfHtml('<h2>Plan</h2><p>a<br>b</p><ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>')).toBe(
      'Plan\n\na\nb\n\n * one\n * two\n\n> said',
    );
  });

  it('of very deep or large HTML ends', () => {
    const started = performance.now();
    textOfHtml('<div>'.repeat(5_000) + 'x');
    textOfHtml('<p>word word</p>'.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('a preview', () => {
  it('is one line without what is quoted', () => {
    expect(previewOf('<p>Thank you,\n yes.</p><blockquote>On Monday you wrote</blockquote>')).toBe('Thank you, yes.');
    expect(previewOf('Yes.\r\n\r\n> On Monday\r\n> you wrote')).toBe('Yes.');
    expect(previewOf('Yes: all of it.\n\nAnna wrote:\n> Shall we?')).toBe('Yes: all of it.');
    expect(previewOf('<div>Yes<br>\nAnna wrote:<br>\n&gt; Shall we?</div>')).toBe('Yes');
    expect(previewOf('> only a quote')).toBe('> only a quote');
    expect(previewOf('x'.repeat(500), 10)).toBe('xxxxxxxxx…');
    expect(previewOf('👍'.repeat(50), 10)).toBe(`${'👍'.repeat(9)}…`);
  });
});

describe('plain text as HTML', () => {
  it('is escaped and keeps its lines', () => {
    expect(htmlOfText('a < b & "c"\r\n  d')).toBe('a &lt; b &amp; &quot;c&quot;<br>\n &nbsp;d');
  });
});
