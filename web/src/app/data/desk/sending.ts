import type { Channel, Message } from '@threadline/contracts';
import { asProblem } from '../../core/api';
import { type DraftSession, isEmptyText } from '../drafts';
import type { Thread } from '../messages';
import { refusalWords, twinOf } from './desk.rules';

export interface Sending {
  draft: DraftSession;
  thread: Thread;
  channel: Channel;
  conversationId: string;
  /** The newest message that was seen; null: none. */
  afterMessageId: string | null;
  undoSeconds: number;
  /** The id of the message with this text. */
  idFor: (text: string) => string;
}

/**
 * `moved`: others have sent meanwhile; `twin`: one of them the very same. `unanswered`: it is not known whether the
 * server has it; trying again with the same id cannot double it.
 */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'empty' }
  | { kind: 'moved'; messages: readonly Message[] }
  | { kind: 'twin'; message: Message }
  | { kind: 'unanswered' | 'refused'; error: unknown; why: string };

/** Sends what is written. Refused, the text stands in the editor again. */
export async function sendDraft(job: Sending, accepted: (message: Message) => void): Promise<Outcome> {
  const { draft, thread, channel, conversationId, afterMessageId, undoSeconds } = job;
  const { content, subject } = draft.snapshot;
  if (isEmptyText({ content, subject: '' })) return { kind: 'empty' };
  const text = await draft.beginToSend();
  const id = job.idFor(JSON.stringify([text, subject]));
  const message = { id, channel, content: text.content, afterMessageId, undoSeconds };
  try {
    const title = text.subject.trim();
    const sent = await thread.send({ ...message, conversationId, ...(title ? { subject: title } : {}) });
    draft.sent();
    accepted(sent);
    return { kind: 'sent' };
  } catch (error) {
    const problem = asProblem(error);
    const moved = problem.code === 'conversation_moved' ? (problem.current as Message[]) : null;
    const twin = moved && twinOf(text, moved);
    if (twin) {
      // It has left, though in a colleague's name: put back, it would be a draft again on every screen.
      draft.sent();
      return { kind: 'twin', message: twin };
    }
    draft.putBack(!moved);
    if (moved) return { kind: 'moved', messages: moved };
    if (problem.away) {
      return {
        kind: 'unanswered',
        error,
        why: 'Couldn’t reach the server. Your text is kept; Send again will not send it twice.',
      };
    }
    return { kind: 'refused', error, why: `Not sent: ${refusalWords(error)}` };
  }
}
