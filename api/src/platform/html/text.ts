import { hasMarkup } from '@threadline/contracts';
import { compile } from 'html-to-text';

const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: 2_000_000, maxDepth: 120, maxChildNodes: 50_000, ellipsis: '…' },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'], ignoreHref: false } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false, maxColumnWidth: 60 } },
  ],
});

const toPreview = compile({
  wordwrap: false,
  limits: { maxInputLength: 200_000, maxDepth: 120, maxChildNodes: 2_000 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'blockquote', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The readable text of HTML, with the addresses of links in angle brackets and lists with marks. Lines end in LF. */
export function textOfHtml(html: string): string {
  return toText(html).trim();
}

/** The beginning of a message's content on one line, without what it quotes. */
export function previewOf(content: string, length = 140): string {
  const text = hasMarkup(content) ? toPreview(content.slice(0, 200_000)) : content.slice(0, 20_000);
  const line = withoutQuoted(text).replace(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, length * 4)];
  return characters.length <= length
    ? line
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** Without the lines that quote, and the line that says whom; all of it when nothing else is there. */
function withoutQuoted(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n/);
  const kept = lines.filter((line, at) => {
    const quoted = line.startsWith('>');
    const announces = line.endsWith(':') && lines.slice(at + 1, at + 3).some((next) => next.startsWith('>'));
    return !quoted && !announces;
  });
  const own = kept.join('\n').trim();
  return own || text;
}

/** Plain text as HTML that looks the same: escaped, line ends kept. */
export function htmlOfText(text: string): string {
  return escapeHtml(text)
    .replace(/\r\n?|\n/g, '<br>\n')
    .replace(/ {2}/g, ' &nbsp;');
}

/** Text made safe to stand in HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
