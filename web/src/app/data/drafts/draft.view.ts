import type { Draft } from '@threadline/contracts';
import type { DraftText } from './drafts.api';

/**
 * `empty`: nothing written · `loading` · `typing`: not yet due · `saving` · `saved` · `offline`: kept in this browser,
 * sent as soon as the server can be reached · `not saved`: the server refuses it, `reason` says why · `conflict`.
 */
export type DraftLabel = 'loading' | 'empty' | 'typing' | 'saving' | 'saved' | 'offline' | 'not saved' | 'conflict';

export interface DraftView extends DraftText {
  label: DraftLabel;
  /** ISO time of the last save. */
  savedAt: string | null;
  /** Why it is not saved, in words. */
  reason: string | null;
  /** Somebody else's text that this one was not written on. */
  theirs: Draft | null;
  /** Who wrote the revision that is shown, or threw its text away; null for own, unsaved text. */
  authorId: string | null;
  /** The server did not take it as a message, or did not answer; until it is sent or changed. */
  unsent: boolean;
  /** It is not this person's to see: a colleague has the conversation it will be sent in. */
  outOfReach: boolean;
}

export const NOTHING: DraftText = { content: '', subject: '' };

export const LOADING: DraftView = {
  ...NOTHING,
  label: 'loading',
  savedAt: null,
  reason: null,
  theirs: null,
  authorId: null,
  unsent: false,
  outOfReach: false,
};

/** True when there is nothing to read in it. */
export function isEmptyText({ content, subject }: DraftText): boolean {
  return subject.trim() === '' && content.replace(/<[^>]*>|&nbsp;/g, '').trim() === '';
}

export function textOf(draft: Draft): DraftText {
  return { content: draft.content, subject: draft.subject ?? '' };
}

export function sameText(one: DraftText | null, other: DraftText): boolean {
  return one?.content === other.content && one?.subject === other.subject;
}

/** Both texts, one after the other: what came back stands above what was begun since. */
export function joined(back: DraftText, since: DraftText): DraftText {
  if (isEmptyText(since)) return back;
  return { content: `${back.content}${since.content}`, subject: since.subject || back.subject };
}

/**
 * Whether a stored text is an own one from before what is kept or typed here: its answer got lost when the page went.
 * @param kept what an earlier visit left; none when the text was typed in this one
 */
export function isEarlier(stored: Draft, kept: { typedAt: number } | null | undefined, userId: string): boolean {
  if (stored.authorId !== userId) return false;
  return !kept || Date.parse(stored.savedAt) <= kept.typedAt;
}
