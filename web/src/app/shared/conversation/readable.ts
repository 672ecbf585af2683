import { hasMarkup } from '@threadline/contracts';

const BLOCKS = /<\/(p|div|li|blockquote|h[1-6]|tr|pre)>|<br\s*\/?>/giu;

/** The readable text of a message's content, with its line breaks. */
export function textOfHtml(content: string): string {
  if (!hasMarkup(content)) return content.trim();
  const broken = content.replace(BLOCKS, (tag) => `\n${tag}`);
  const body = new DOMParser().parseFromString(broken, 'text/html').body;
  return (body.textContent ?? '').replace(/\n{3,}/gu, '\n\n').trim();
}
