import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as grammar, parseFragment, serialize } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** A link as it stands in a document, in order; `index` counts from 0. */
export interface Link {
  index: number;
  href: string;
  text: string;
}

/** Longest web address that is followed or tracked. */
const MAX_URL = 4096;
/** Bare addresses in running text. The end is settled by `trimmedUrl`. */
// eslint-disable-next-line no-control-regex -- no address holds these
const BARE_URL = /\bhttps?:\/\/[^\s<>"“”‘’«»\u0000-\u001f]+/gi;
/** Where addresses in the text are not links. */
const NOT_LINKED = new Set(['a', 'code', 'pre', 'textarea', 'button']);

/**
 * The address as a browser would follow it, when it is a http or https one; otherwise null. Line breaks and tabs
 * inside are dropped, as browsers do; one that is not ASCII is encoded, so that it can stand in a header.
 */
export function webUrl(href: string): string | null {
  const cleaned = href.replace(/[\t\n\r]/g, '').trim();
  if (!/^https?:\/\//i.test(cleaned) || !URL.canParse(cleaned)) return null;
  const url = /^[\x21-\x7e]+$/.test(cleaned) ? cleaned : new URL(cleaned).href;
  return url.length <= MAX_URL ? url : null;
}

/**
 * Makes links of bare web addresses, then gives every web link another address.
 * @param replace is asked once per link, in document order, with the decoded address; null leaves it as it is.
 */
export function rewriteLinks(html: string, replace: (url: string) => string | null): string {
  const fragment = parseFragment(html);
  for (const parent of linkableParents(fragment)) linkify(parent);
  for (const { element, attribute } of anchors(fragment)) {
    const url = webUrl(attribute.value);
    const replaced = url === null ? null : replace(url);
    if (replaced !== null) {
      attribute.value = replaced;
      element.attrs = element.attrs.filter(({ name }) => name !== 'ping');
    }
  }
  return serialize(fragment);
}

/** Every http and https link of a document, in order. */
export function webLinks(html: string): Link[] {
  const links: Link[] = [];
  for (const { element, attribute } of anchors(parseFragment(html))) {
    const href = webUrl(attribute.value);
    if (href !== null) links.push({ index: links.length, href, text: textOf(element) });
  }
  return links;
}

/** Addresses of the pictures a mail program would fetch, in order. */
export function remoteImages(html: string): string[] {
  const found: string[] = [];
  for (const element of elements(parseFragment(html))) {
    const src = element.tagName === 'img' ? element.attrs.find(({ name }) => name === 'src') : undefined;
    const url = src ? webUrl(src.value) : null;
    if (url !== null) found.push(url);
  }
  return found;
}

function* anchors(root: Node) {
  for (const element of elements(root)) {
    const attribute = element.tagName === 'a' ? element.attrs.find(({ name }) => name === 'href') : undefined;
    if (attribute) yield { element, attribute };
  }
}

function elements(root: Node): Element[] {
  return nodes(root).filter((node): node is Element => defaultTreeAdapter.isElementNode(node));
}

function linkableParents(root: ParentNode): ParentNode[] {
  const enter = (node: Node) => !(defaultTreeAdapter.isElementNode(node) && NOT_LINKED.has(node.tagName));
  return nodes(root, enter).filter((node): node is ParentNode => 'childNodes' in node && enter(node));
}

/** In document order, by a stack of its own: mail can be nested deeper than calls can. */
function nodes(root: Node, enter: (node: Node) => boolean = () => true): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    if (!('childNodes' in node) || !enter(node)) continue;
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) {
      const child = node.childNodes[i];
      if (child) waiting.push(child);
    }
  }
  return found;
}

function textOf(element: Element): string {
  const text = nodes(element)
    .map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : ''))
    .join('');
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

function linkify(parent: ParentNode): void {
  if (!parent.childNodes.some((node) => defaultTreeAdapter.isTextNode(node) && node.value.includes('://'))) return;
  parent.childNodes = parent.childNodes.flatMap((node) =>
    defaultTreeAdapter.isTextNode(node) ? split(node.value, parent) : [node],
  );
}

function split(text: string, parent: ParentNode): ChildNode[] {
  const parts: ChildNode[] = [];
  let from = 0;
  for (const match of text.matchAll(BARE_URL)) {
    const url = trimmedUrl(match[0]);
    if (webUrl(url) === null) continue;
    if (match.index > from) parts.push(textNode(text.slice(from, match.index), parent));
    const link = defaultTreeAdapter.createElement('a', grammar.NS.HTML, [{ name: 'href', value: url }]);
    link.parentNode = parent;
    link.childNodes.push(textNode(url, link));
    parts.push(link);
    from = match.index + url.length;
  }
  if (from < text.length || parts.length === 0) parts.push(textNode(text.slice(from), parent));
  return parts;
}

function textNode(value: string, parentNode: ParentNode): DefaultTreeAdapterTypes.TextNode {
  return { nodeName: '#text', value, parentNode };
}

/** Without the punctuation that belongs to the sentence; a closing bracket stays when the address opened it. */
function trimmedUrl(url: string): string {
  const surplus = new Map(PAIRS.map(([opening, closing]) => [closing, count(url, closing) - count(url, opening)]));
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1);
    const open = surplus.get(last);
    if (open === undefined ? !/[.,;:!?'*_~]/.test(last) : open <= 0) break;
    if (open !== undefined) surplus.set(last, open - 1);
  }
  return url.slice(0, end);
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

function count(text: string, character: string): number {
  let found = 0;
  for (const each of text) if (each === character) found += 1;
  return found;
}
