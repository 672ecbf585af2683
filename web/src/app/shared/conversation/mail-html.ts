import { hasMarkup } from '@threadline/contracts';

/** A mail taken apart: what was written, and what it quotes. */
export interface MailParts {
  fresh: string;
  quoted: string;
}

/** Elements that are rebuilt one by one; anything beyond them is shown in a frame of its own. */
const PLAIN_TAGS = new Set(
  'A B BLOCKQUOTE BR CODE DEL DIV EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SPAN STRONG SUB SUP U UL'.split(' '),
);
const LINKS = /^(https?:|mailto:|tel:)/iu;
const REMOTE = /^(https?:)?\/\//iu;

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

function said(node: Node): boolean {
  return (node.textContent ?? '').trim() !== '';
}

/** "On Tue, 3 Mar 2026 at 14:03, Ada wrote:" */
function introducesQuote(text: string): boolean {
  return text.length < 240 && /\b(wrote|schrieb|a écrit|escribió|ha scritto)\s*:\s*$/iu.test(text.trim());
}

/** Splits what a mail quotes from what it says. A mail that is nothing but a quote is not split. */
export function partsOf(content: string): MailParts {
  return hasMarkup(content) ? htmlParts(content) : textParts(content);
}

function htmlParts(html: string): MailParts {
  const body = parsed(html);
  const nodes = [...body.childNodes];
  const quote = nodes.findLastIndex((node) => node instanceof HTMLElement && quotes(node));
  if (quote < 0 || nodes.slice(quote + 1).some(said)) return { fresh: html, quoted: '' };
  let from = quote;
  while (from > 0 && belongs(nodes[from - 1])) from -= 1;
  if (!nodes.slice(0, from).some(said)) return { fresh: html, quoted: '' };
  return { fresh: markup(nodes.slice(0, from)), quoted: markup(nodes.slice(from)) };
}

function quotes(element: HTMLElement): boolean {
  if (element.tagName === 'BLOCKQUOTE') return true;
  return element.children.length > 0 && [...element.children].at(-1)?.tagName === 'BLOCKQUOTE' && !leads(element);
}

/** Whether words stand in an element before its quote that do not introduce it. */
function leads(element: HTMLElement): boolean {
  const before = [...element.childNodes].slice(0, -1);
  return before.some((node) => said(node) && !introducesQuote(node.textContent ?? ''));
}

function belongs(node: Node | undefined): boolean {
  return node !== undefined && (!said(node) || introducesQuote(node.textContent ?? ''));
}

function markup(nodes: readonly Node[]): string {
  const holder = document.implementation.createHTMLDocument('').createElement('div');
  holder.append(...nodes.map((node) => holder.ownerDocument.importNode(node, true)));
  return holder.innerHTML;
}

function textParts(text: string): MailParts {
  const lines = text.split('\n');
  let from = lines.length;
  while (from > 0 && /^(>|\s*$)/u.test(lines[from - 1] ?? '')) from -= 1;
  if (!lines.slice(from).some((line) => line.startsWith('>'))) return { fresh: text, quoted: '' };
  if (from > 0 && introducesQuote(lines[from - 1] ?? '')) from -= 1;
  const fresh = lines.slice(0, from).join('\n').trimEnd();
  return fresh === '' ? { fresh: text, quoted: '' } : { fresh, quoted: lines.slice(from).join('\n') };
}

/**
 * The text as elements of this page, each made by name from a short list, with nothing but the address of links: no
 * styles, no pictures, nothing that could load or run. Null when the mail needs more than that.
 */
export function plainNodes(content: string): DocumentFragment | null {
  if (!hasMarkup(content)) return textNodes(content);
  const body = parsed(content);
  const all = [...body.querySelectorAll('*')];
  if (!all.every((element) => PLAIN_TAGS.has(element.tagName) && !element.hasAttribute('style'))) return null;
  const fragment = document.createDocumentFragment();
  fragment.append(...[...body.childNodes].map(rebuilt));
  return fragment;
}

function rebuilt(node: Node): Node {
  if (!(node instanceof HTMLElement)) return document.createTextNode(node.textContent ?? '');
  const made = document.createElement(node.tagName.toLowerCase());
  if (made instanceof HTMLAnchorElement) link(made, node.getAttribute('href') ?? '');
  made.append(...[...node.childNodes].map(rebuilt));
  return made;
}

function link(anchor: HTMLAnchorElement, href: string): void {
  if (!LINKS.test(href)) return;
  anchor.href = href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  anchor.title = href;
}

const ADDRESS = /https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/giu;

function textNodes(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const paragraph = document.createElement('p');
  paragraph.className = 'as-typed';
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    paragraph.append(text.slice(from, match.index));
    const anchor = document.createElement('a');
    link(anchor, match[0]);
    anchor.textContent = match[0];
    paragraph.append(anchor);
    from = match.index + match[0].length;
  }
  paragraph.append(text.slice(from));
  fragment.append(paragraph);
  return fragment;
}

/** Whether a mail shows pictures from elsewhere, which would tell their owner that it was opened. */
export function hasRemoteImages(html: string): boolean {
  return [...parsed(html).querySelectorAll('img')].some((img) => REMOTE.test(img.getAttribute('src') ?? ''));
}

const FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * A document for a sandboxed frame: no scripts, no forms, nothing loaded from anywhere, whatever the mail says.
 * Pictures from elsewhere become their words.
 */
export function frameDocument(html: string): string {
  const body = parsed(html);
  for (const element of body.querySelectorAll('script, form, meta, base, link, svg, math, object, iframe, embed')) {
    element.remove();
  }
  for (const img of body.querySelectorAll('img')) {
    if (!(img.getAttribute('src') ?? '').startsWith('data:')) img.replaceWith(placeholder(img.alt));
  }
  for (const anchor of body.querySelectorAll('a')) {
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer');
  }
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}"><style>${FRAME_STYLE}</style></head><body>${body.innerHTML}</body></html>`;
}

function placeholder(words: string): HTMLElement {
  const span = document.createElement('span');
  span.className = 'picture';
  span.textContent = words || 'Picture';
  return span;
}

/** A mail that brings its own colours expects paper under them. */
const FRAME_STYLE =
  'html{color-scheme:light;background:#fff}body{margin:12px;color:#1f2429;font:14px/22px system-ui,sans-serif;overflow-wrap:anywhere}' +
  'table{max-width:100%}blockquote{margin:0 0 0 2px;padding-left:12px;border-left:2px solid #d5dade;color:#555c63}' +
  '.picture{display:inline-block;padding:2px 8px;border:1px dashed #9aa2a9;border-radius:6px;color:#5a6269;font-size:12px}';
