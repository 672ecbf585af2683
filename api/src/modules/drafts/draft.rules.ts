import { hasMarkup } from '@threadline/contracts';

/** Most bytes of a draft's text in UTF-8. */
export const MAX_CONTENT = 256 * 1024;

export interface DraftText {
  content: string;
  subject: string | null;
}

export const NO_TEXT: DraftText = { content: '', subject: null };

/** The text as it is kept: exactly as written, but nothing at all when there is nothing to read in it. */
export function draftText({ content, subject }: { content: string; subject?: string | null }): DraftText {
  const text = { content, subject: subject?.trim() ? subject : null };
  return text.subject === null && !readable(content) ? NO_TEXT : text;
}

export function isEmpty({ content, subject }: DraftText): boolean {
  return content === '' && subject === null;
}

export function sameText(one: DraftText, other: DraftText): boolean {
  return one.content === other.content && one.subject === other.subject;
}

/**
 * Whether a save comes too late: the writer began from another revision than the present one. Base 0 says "I believe
 * there is none", and is right about a draft that was cleared. Without a base the writer does not ask.
 */
export function isStale(present: DraftText & { revision: number }, baseRevision: number | undefined): boolean {
  if (baseRevision === undefined || baseRevision === present.revision) return false;
  return !(baseRevision === 0 && isEmpty(present));
}

/** Editors leave empty paragraphs behind; a picture or a rule is something, though there is no text in it. */
function readable(content: string): boolean {
  if (!hasMarkup(content)) return content.trim() !== '';
  if (/<(?:img|hr)\b/i.test(content)) return true;
  const text = content.replace(/<[^<>]*>/g, '').replace(/&(?:nbsp|#160|#xa0|#8203|#x200b|zwnj);/gi, ' ');
  return text.replace(/[\s\u200b-\u200d\ufeff]/g, '') !== '';
}
