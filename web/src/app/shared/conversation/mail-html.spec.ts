import { describe, expect, it } from '@jest/globals';
import { frameDocument, hasRemoteImages, partsOf, plainNodes } from './mail-html';

const shown = (content: string): string | null => {
  const nodes = plainNodes(content);
  if (!nodes) return null;
  const holder = document.createElement('div');
  holder.append(nodes);
  return holder.innerHTML;
};

describe('the text of a mail', () => {
  it('is rebuilt with nothing but the address of its links', () => {
    const mail = '<p onclick="x()">See <a href="https://a.example/1" style-x="y" onmouseover="x()">this</a></p>';
    expect(shown(mail)).toBe(
      '<p>See <a href="https://a.example/1" target="_blank" rel="noopener noreferrer" title="https://a.example/1">this</a></p>',
    );
  });

  it('loses links that are no addresses', () => {
    expect(shown('<p><a href="javascript:alert(1)">x</a></p>')).toBe('<p><a>x</a></p>');
  });

  it.each([
    '<p>a</p><img src="https://a.example/p.gif">',
    '<table><tr><td>a</td></tr></table>',
    '<p style="color:red">a</p>',
  ])('is shown in a frame when it needs more: %s', (mail) => expect(shown(mail)).toBeNull());

  it('makes the addresses in plain text links, and nothing else of it markup', () => {
    expect(shown('1 < 2, see https://a.example/x.')).toBe(
      '<p class="as-typed">1 &lt; 2, see <a href="https://a.example/x" target="_blank" rel="noopener noreferrer" title="https://a.example/x">https://a.example/x</a>.</p>',
    );
  });
});

describe('a frame for a mail', () => {
  const mail =
    '<p style="color:red">Hi</p><script>x()</script><form action="/x"><input></form><img src="https://t.example/p.gif" alt="Logo"><a href="https://a.example">a</a>';

  it('brings its own policy, no scripts, no forms, no pictures from elsewhere', () => {
    const document = frameDocument(mail);
    expect(document).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(document).not.toMatch(/<script|<form|t\.example/u);
    expect(document).toContain('<span class="picture">Logo</span>');
    expect(document).toContain('target="_blank" rel="noopener noreferrer"');
  });

  it('says when pictures were left out', () => {
    expect(hasRemoteImages(mail)).toBe(true);
    expect(hasRemoteImages('<img src="data:image/png;base64,AA==">')).toBe(false);
  });
});

describe('what a mail quotes', () => {
  it('is folded, with the line that introduces it', () => {
    const parts = partsOf('<p>Yes.</p><p>On Tue, Ada wrote:</p><blockquote><p>Shall we?</p></blockquote>');
    expect(parts).toEqual({
      fresh: '<p>Yes.</p>',
      quoted: '<p>On Tue, Ada wrote:</p><blockquote><p>Shall we?</p></blockquote>',
    });
  });

  it('stays where it stands when words follow it, or when there is nothing else', () => {
    const between = '<p>You said</p><blockquote>this</blockquote><p>and I say no.</p>';
    expect(partsOf(between)).toEqual({ fresh: between, quoted: '' });
    const only = '<blockquote>this</blockquote>';
    expect(partsOf(only)).toEqual({ fresh: only, quoted: '' });
  });

  it('is found in plain text by its marks', () => {
    expect(partsOf('Yes.\n\nOn Tue, Ada wrote:\n> Shall we?\n')).toEqual({
      fresh: 'Yes.',
      quoted: 'On Tue, Ada wrote:\n> Shall we?\n',
    });
    expect(partsOf('Yes.')).toEqual({ fresh: 'Yes.', quoted: '' });
  });
});
