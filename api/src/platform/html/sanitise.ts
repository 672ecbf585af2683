import { hasMarkup } from '@threadline/contracts';
import sanitizeHtml, { type IOptions } from 'sanitize-html';
import { escapeHtml, htmlOfText, textOfHtml } from './text';

/** Deeper nesting than this is flattened: mail programs and parsers have stacks. */
const DEEPEST = 100;
/** HTML beyond this many characters is not sanitised but shown as text: nobody writes that much, attackers do. */
export const MAX_HTML = 300_000;
/** HTML that opens this many tags without closing them is shown as text too: it costs more than its size says. */
const MOST_OPEN = 2_000;
/** Longest text that is kept of one mail, in characters. */
const MAX_TEXT = 200_000;

/** Tags whose text is not meant for readers and goes with them. */
const NON_TEXT = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'title',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
];

const INLINE = [
  'a',
  'b',
  'br',
  'code',
  'del',
  'em',
  'i',
  'ins',
  'mark',
  's',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'u',
];
const BLOCKS = ['blockquote', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'ul'];
const TABLES = ['caption', 'col', 'colgroup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr'];

const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%/]+\)$/i, /^[a-z]{3,30}$/i];
const LENGTH = [/^-?\d{1,4}(?:\.\d+)?(?:px|pt|em|rem|%)?$/, /^auto$/];
const LENGTHS = [/^(?:(?:\d{1,4}(?:\.\d+)?(?:px|pt|em|rem|%)?|auto)\s*){1,4}$/];
const WORD = [/^[a-z-]{1,30}$/i];
const FONTS = [/^[\w\s"',-]{1,200}$/];
const BORDER = [
  /^(?:none|0|(?:(?:\d{1,2}(?:\.\d+)?(?:px|pt|em)|thin|medium|thick|solid|dashed|dotted|double|#[0-9a-f]{3,8}|rgba?\([\d\s.,%]+\)|[a-z]{3,20})\s*){1,3})$/i,
];

/** Nothing here can load, cover, move or hide anything. */
const STYLES = {
  color: COLOUR,
  'background-color': COLOUR,
  'text-align': WORD,
  'vertical-align': WORD,
  'font-weight': [/^\d{3}$/, ...WORD],
  'font-style': WORD,
  'font-size': [...LENGTH, ...WORD],
  'font-family': FONTS,
  'line-height': LENGTH,
  'text-decoration': WORD,
  'white-space': WORD,
  width: LENGTH,
  'max-width': LENGTH,
  padding: LENGTHS,
  margin: LENGTHS,
  border: BORDER,
  'border-left': BORDER,
  'border-top': BORDER,
  'border-bottom': BORDER,
  'border-collapse': WORD,
};

const GROUND: IOptions = {
  nonTextTags: NON_TEXT,
  nestingLimit: DEEPEST,
  disallowedTagsMode: 'discard',
  allowProtocolRelative: false,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'background'],
  allowVulnerableTags: false,
  enforceHtmlBoundary: false,
};

const WRITTEN: IOptions = {
  ...GROUND,
  allowedTags: [...INLINE, ...BLOCKS, ...TABLES],
  allowedAttributes: {
    a: ['href', 'title'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    '*': ['dir', 'lang', 'style'],
  },
  allowedStyles: { '*': STYLES },
};

const RECEIVED: IOptions = {
  ...GROUND,
  allowedTags: [
    ...INLINE,
    ...BLOCKS,
    ...TABLES,
    'abbr',
    'address',
    'center',
    'cite',
    'dd',
    'dl',
    'dt',
    'font',
    'img',
    'q',
  ],
  allowedAttributes: {
    a: ['href', 'title', 'target', 'rel'],
    img: ['alt', 'width', 'height', 'src'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    table: ['align', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'width'],
    td: ['align', 'bgcolor', 'colspan', 'rowspan', 'valign', 'width'],
    th: ['align', 'bgcolor', 'colspan', 'rowspan', 'valign', 'width'],
    tr: ['align', 'bgcolor', 'valign'],
    '*': ['dir', 'lang', 'style'],
  },
  allowedStyles: { '*': STYLES },
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer nofollow' },
    }),
    img: (tagName, { src, ...attribs }) => ({
      tagName,
      attribs: src !== undefined && INLINE_IMAGE.test(src) ? { ...attribs, src } : attribs,
    }),
  },
  allowedSchemesByTag: { img: ['data'] },
  // What shows nothing: pixels, and links that only machines find.
  exclusiveFilter: ({ tag, text, attribs, mediaChildren }) =>
    (tag === 'a' && text.trim() === '' && mediaChildren.length === 0) ||
    (tag === 'img' && !attribs.src && !attribs.alt),
};

/** Pictures carried in the mail itself. No SVG: it can carry code and links. */
const INLINE_IMAGE = /^data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]+$/i;

/**
 * The allow-list for what members write: formatting, lists, tables and links to http, https, mailto and tel.
 * No pictures, classes, ids or anything that runs, loads or covers. Applying it twice changes nothing.
 */
export function sanitiseWritten(html: string): string {
  return sanitizeHtml(html, WRITTEN);
}

/**
 * The allow-list for mail from outside, for a sandboxed frame: as for written content, and the old tags of mail
 * programs. Remote pictures lose their address (opening a message must not tell its sender), links open outside.
 */
export function sanitiseReceived(html: string): string {
  return sanitizeHtml(html, RECEIVED);
}

/**
 * A mail from outside as a message's content: its HTML, sanitised, or its text where that is all there is, or all that
 * can be had in reasonable time. `hasMarkup` tells which, and what it calls HTML is clean.
 */
export function cleanReceived(mail: { html: string | null; text: string | null }): string {
  if (mail.html !== null && mail.html.length <= MAX_HTML && openTags(mail.html) <= MOST_OPEN) {
    const html = sanitiseReceived(mail.html).trim();
    return hasMarkup(html) ? html : `<div>${html}</div>`;
  }
  const text = (mail.text ?? textOfHtml((mail.html ?? '').slice(0, MAX_HTML))).replace(/\r\n?/g, '\n').trim();
  const kept = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return hasMarkup(kept) ? `<div>${htmlOfText(kept)}</div>` : kept;
}

/** How many tags stand open at once, at most; those that end by themselves aside. */
function openTags(html: string): number {
  let open = 0;
  let most = 0;
  for (const [, closing, tag = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (ENDS_ITSELF.has(tag.toLowerCase())) continue;
    open = closing ? Math.max(0, open - 1) : open + 1;
    most = Math.max(most, open);
  }
  return most;
}

const ENDS_ITSELF = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option'.split(
    ' ',
  ),
);

/**
 * A member's content as it is kept: sanitised where it has markup, otherwise the text as it is. HTML of which nothing
 * but text is left becomes plain text, unless that text would pass for HTML. So `hasMarkup` tells the two apart for
 * good, and what it calls HTML is clean.
 */
export function cleanContent(content: string): string {
  if (!hasMarkup(content)) return content;
  const html = sanitiseWritten(content);
  if (hasMarkup(html)) return html;
  const text = textOfHtml(html);
  return hasMarkup(text) ? `<p>${escapeHtml(text)}</p>` : text;
}
