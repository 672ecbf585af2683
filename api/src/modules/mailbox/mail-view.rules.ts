import { type Link, sanitiseReceived, webLinks } from '../../platform/html';

/** The links a person can see, with their numbers in the mail. */
export function visibleLinks(html: string): Link[] {
  return webLinks(html).filter(({ text }) => text !== '');
}

/** A mail's HTML for a sandboxed frame. */
export function frameHtml(html: string): string {
  return sanitiseReceived(html);
}

/** The header lines of a mail, unfolded, in order. */
export function headerLines(raw: Buffer): { name: string; value: string }[] {
  return headOf(raw)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : [];
    });
}

/** The head of a mail as it stands. */
export function headOf(raw: Buffer): string {
  const text = raw.subarray(0, 65_536).toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  return end < 0 ? text : text.slice(0, end);
}

/** What somebody answers, above what they answer to. */
export function answerText(text: string, quoted: { name: string; text: string }): string {
  const lines = quoted.text.trim().split(/\r?\n/).slice(0, 200);
  return `${text.trimEnd()}\n\n${quoted.name} wrote:\n${lines.map((line) => (line ? `> ${line}` : '>')).join('\n')}\n`;
}
