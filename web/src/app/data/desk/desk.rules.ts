import type { Message } from '@threadline/contracts';
import { asProblem } from '../../core/api';
import type { UndoOffer } from '../../shared/conversation';

/** The newest message that the server knows, as the person saw it; null: none. */
export function newestConfirmed(messages: readonly Message[], pending: ReadonlySet<string>): string | null {
  return messages.findLast(({ id }) => !pending.has(id))?.id ?? null;
}

/** A message that was sent before a reload and can still be taken back. */
export function undoFound(messages: readonly Message[], me: string, now: number): UndoOffer | null {
  const waiting = messages.findLast(({ status, authorId }) => status === 'queued' && authorId === me);
  const until = waiting?.undoUntil ? Date.parse(waiting.undoUntil) : 0;
  if (!waiting || until <= now) return null;
  const seconds = Math.max(1, Math.round((until - Date.parse(waiting.createdAt)) / 1_000));
  // The server's clock may be ahead of this one: never longer than was agreed.
  return { messageId: waiting.id, until: Math.min(until, now + seconds * 1_000), seconds, busy: false };
}

/** Why something did not happen, and what is safe. */
export function refusalWords(error: unknown): string {
  const problem = asProblem(error);
  if (problem.away) return 'Couldn’t reach the server. Nothing is lost; try again when you are connected.';
  if (problem.code === 'undo_expired') return 'Too late to take it back: the message has already left.';
  const first = problem.errors[0];
  return first ? `${problem.detail.replace(/\.?$/u, '.')} ${first.message}` : problem.detail;
}
