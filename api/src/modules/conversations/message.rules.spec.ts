import { describe, expect, it } from '@jest/globals';
import { type Message, MESSAGE_STATUSES } from '@threadline/contracts';
import { collisions, mayBecome, problemsOf, replySubject } from './message.rules';

const message = (part: Partial<Message>): Message =>
  ({ id: 'm', direction: 'outbound', status: 'sent', authorId: 'ben', ...part }) as Message;

describe('the rules of messages', () => {
  it.each([
    ['queued', 'sending', true],
    ['queued', 'sent', false],
    ['sending', 'unknown', true],
    ['sent', 'queued', false],
    ['unknown', 'bounced', true],
    ['cancelled', 'sending', false],
  ] as const)('a %s message becoming %s: %s', (from, to, allowed) => {
    expect(mayBecome(from, to)).toBe(allowed);
  });

  it('a bounced, cancelled or received message stays what it is', () => {
    for (const status of MESSAGE_STATUSES) {
      expect(mayBecome('bounced', status) || mayBecome('cancelled', status) || mayBecome('received', status)).toBe(
        false,
      );
    }
  });

  it.each([
    ['a message of a colleague collides', message({}), 1],
    ['one of my own does not', message({ authorId: 'ada' }), 0],
    ['one that a colleague took back does not', message({ status: 'cancelled' }), 0],
    ['an answer of the lead does not', message({ direction: 'inbound', status: 'received', authorId: null }), 0],
  ])('%s', (_, newer, count) => {
    expect(collisions([newer], 'ada')).toHaveLength(count);
  });

  it('an empty or endless message is refused by its field', () => {
    expect(problemsOf('email', '  \n', null)).toEqual([{ path: 'content', message: 'content must not be empty' }]);
    expect(problemsOf('email', 'x'.repeat(100_001), null)).toHaveLength(1);
    expect(problemsOf('email', 'Hello', 'Hi')).toEqual([]);
  });

  it.each([
    [null, null],
    ['Offer', 'Re: Offer'],
    ['RE: Offer', 'RE: Offer'],
  ])('the answer to %s is called %s', (subject, reply) => {
    expect(replySubject(subject)).toBe(reply);
  });
});
