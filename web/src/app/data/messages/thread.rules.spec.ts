import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceThread, type ThreadState, withOlder } from './thread.rules';

const message = (id: string, part: Partial<Message> = {}): Message =>
  ({ id, leadId: 'lin', createdAt: `2026-01-0${id}T00:00:00.000Z`, status: 'queued', ...part }) as Message;
const event = (type: string, about: Message) => ({ type, data: { message: about } }) as EventOfStore<'messages'>;
const ids = ({ messages }: ThreadState) => messages.map(({ id }) => id);

describe('a thread', () => {
  const state: ThreadState = { messages: [message('2'), message('3')], olderCursor: 'more' };

  it('shows a message as its newest event tells it, in its place', () => {
    const opened = reduceThread(state, event('message.opened', message('2', { openedAt: 'now' })), 'lin');
    expect(ids(opened)).toEqual(['2', '3']);
    expect(opened.messages[0]?.openedAt).toBe('now');
    expect(ids(reduceThread(state, event('message.received', message('4')), 'lin'))).toEqual(['2', '3', '4']);
  });

  it('keeps to its lead', () => {
    expect(reduceThread(state, event('message.received', message('4', { leadId: 'sam' })), 'lin')).toBe(state);
  });

  it('leaves older messages to their page', () => {
    expect(reduceThread(state, event('message.opened', message('1')), 'lin')).toBe(state);
    expect(ids(withOlder(state, { items: [message('2'), message('1')], nextCursor: null }))).toEqual(['1', '2', '3']);
  });
});
