import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { ApiProblem } from '../../core/api';
import type { DraftSession } from '../drafts';
import type { Thread } from '../messages';
import { type Outcome, sendDraft } from './sending';

/** Sends a text while a colleague has just sent another one; what became of it, and of the draft. */
async function collide(mine: string, theirs: string): Promise<{ outcome: Outcome; became: string[] }> {
  const became: string[] = [];
  const text = { content: mine, subject: '' };
  const draft = {
    snapshot: text,
    beginToSend: () => Promise.resolve(text),
    sent: () => became.push('sent'),
    putBack: () => became.push('put back'),
  } as unknown as DraftSession;
  const current = [{ id: 'theirs', direction: 'outbound', subject: null, content: theirs } as Message];
  const moved = new ApiProblem({ status: 409, code: 'conversation_moved', title: 'It moved', current });
  const thread = { send: () => Promise.reject(moved) } as unknown as Thread;
  const job = { draft, thread, channel: 'email', conversationId: 'c', afterMessageId: null, undoSeconds: 10 } as const;
  const outcome = await sendDraft({ ...job, idFor: () => 'mine' }, () => became.push('accepted'));
  return { outcome, became };
}

describe('a send that collides', () => {
  it('is over when a colleague has just sent the same: the text does not become a draft again', async () => {
    const { outcome, became } = await collide('<p>Yes</p>', '<p>Yes</p>');
    expect(outcome).toMatchObject({ kind: 'twin', message: { id: 'theirs' } });
    expect(became).toEqual(['sent']);
  });

  it('leaves in the editor what says anything else', async () => {
    const { outcome, became } = await collide('<p>Yes, gladly</p>', '<p>Yes</p>');
    expect(outcome).toMatchObject({ kind: 'moved', messages: [{ id: 'theirs' }] });
    expect(became).toEqual(['put back']);
  });
});
