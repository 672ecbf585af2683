import type { Message } from '@threadline/contracts';
import type { StoreStatus } from '@threadline/live';
import { asProblem } from '../../core/api';
import { type DraftView, isEmptyText } from '../drafts';
import type { DeskView, UndoOffer, WrittenText } from '../../shared/conversation';

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

/** The message among those just sent that says exactly what is written, if there is one. */
export function twinOf({ content, subject }: WrittenText, sent: readonly Message[]): Message | null {
  const wanted = subject.trim();
  const same = (message: Message): boolean =>
    message.direction === 'outbound' &&
    (wanted === '' || wanted === message.subject) &&
    plain(message.content) === plain(content);
  return sent.findLast(same) ?? null;
}

/** Markup without what the server adds to it or takes away when it cleans what is sent. */
function plain(content: string): string {
  const { body } = new DOMParser().parseFromString(content, 'text/html');
  for (const element of body.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) if (name !== 'href') element.removeAttribute(name);
  }
  return body.innerHTML.trim();
}

/** Whether a colleague has saved another text in the place of the person's own, or none, rather than gone on with it. */
export function isReplaced(before: DraftView, after: DraftView, me: string): boolean {
  if (before.authorId !== me || after.authorId === null || after.authorId === me || isEmptyText(before)) return false;
  const left = wordsOf(before.content);
  for (const word of wordsOf(after.content)) if (word === left[0]) left.shift();
  return left.length > 0;
}

function wordsOf(content: string): string[] {
  return content
    .replace(/<[^>]*>|&nbsp;/g, ' ')
    .split(/\s+/u)
    .filter(Boolean);
}

/** Why something did not happen, and what is safe. */
export function refusalWords(error: unknown): string {
  const problem = asProblem(error);
  if (problem.away) return 'Couldn’t reach the server. Nothing is lost; try again when you are connected.';
  if (problem.code === 'undo_expired') return 'Too late to take it back: the message has already left.';
  const first = problem.errors[0];
  return first ? `${problem.detail.replace(/\.?$/u, '.')} ${first.message}` : problem.detail;
}

/** What the thread shows: messages that were read once stay, whatever becomes of the connection. */
export function stateOf(messages: readonly Message[] | null, status: StoreStatus): DeskView['state'] {
  if (messages) return 'ready';
  return status.trouble === null ? 'loading' : 'failed';
}
