import { describe, expect, it } from '@jest/globals';
import type { Envelope } from '@threadline/contracts';
import { activityLines, activitySentence, type Names } from './activity-words';

const names: Names = {
  member: (id) => (id === 'ada' ? 'Ada Byron' : undefined),
  lead: (id) => (id === 'lin' ? 'Lin Zhang' : undefined),
};
const event = (part: object): Envelope =>
  ({
    id: 'e',
    seq: 1,
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { type: 'user', id: 'ada' },
    about: ['conversation:c', 'lead:lin'],
    ...part,
  }) as unknown as Envelope;
const told = (part: object): string => {
  const sentence = activitySentence(event(part), names);
  return sentence ? [sentence.who, sentence.did, sentence.what, sentence.then ?? ''].join(' ').trim() : '';
};
const message = { id: 'm', leadId: 'lin', subject: 'Offer', authorId: 'ada' };

describe('the activity feed tells', () => {
  it.each([
    [{ type: 'message.opened', data: { message } }, 'Lin Zhang opened “Offer”'],
    [{ type: 'message.clicked', data: { message } }, 'Lin Zhang clicked a link in “Offer”'],
    [
      { type: 'message.sent', actor: { type: 'system', id: 'sending' }, data: { message } },
      'Ada Byron wrote to Lin Zhang: “Offer”',
    ],
    [{ type: 'message.bounced', data: { message } }, '“Offer” came back from Lin Zhang'],
    [
      { type: 'message.opened', data: { message: { ...message, leadId: 'x', subject: null } } },
      'A lead opened a message',
    ],
    [
      { type: 'lead.status_changed', data: { lead: { name: 'Lin Zhang' }, to: 'lost' } },
      'Ada Byron marked Lin Zhang as lost',
    ],
    [
      { type: 'lead.updated', data: { lead: { name: 'Lin Zhang' }, changed: ['phone'] } },
      'Ada Byron changed the phone of Lin Zhang',
    ],
    [
      { type: 'conversation.assigned', data: { to: 'ada', from: null, conversation: { leadName: 'Lin Zhang' } } },
      'Ada Byron took on Lin Zhang',
    ],
    [
      { type: 'conversation.status_changed', data: { to: 'resolved', conversation: { leadName: 'Lin Zhang' } } },
      'Ada Byron set the conversation with Lin Zhang to resolved',
    ],
    [
      {
        type: 'conversation.status_changed',
        actor: { type: 'contact', id: 'lin' },
        data: { to: 'open', conversation: { leadName: 'Lin Zhang' } },
      },
      'A message from Lin Zhang reopened the conversation',
    ],
    [{ type: 'draft.saved', data: {} }, ''],
  ])('%j as %s', (part, sentence) => {
    expect(told(part)).toBe(sentence);
  });

  it('leads to the conversation, or else to the lead', () => {
    expect(activitySentence(event({ type: 'message.opened', data: { message } }), names)?.path).toBe('/inbox/all/c');
    const alone = event({ type: 'lead.created', about: ['lead:lin'], data: { lead: { name: 'Lin' } } });
    expect(activitySentence(alone, names)?.path).toBe('/leads/lin');
  });

  it('tells an answer, or a new status, once', () => {
    const replied = event({ id: '2', type: 'message.replied', data: { message, replyId: 'r' } });
    const received = event({ id: '1', type: 'message.received', data: { message: { ...message, id: 'r' } } });
    expect(activityLines([replied, received], names).map(({ event: { id } }) => id)).toEqual(['2']);
    expect(activityLines([received], names)).toHaveLength(1);
    const changed = event({ type: 'lead.updated', data: { lead: { name: 'Lin' }, changed: ['status'] } });
    expect(activityLines([changed], names)).toEqual([]);
  });
});
