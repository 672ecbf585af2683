import { describe, expect, it } from '@jest/globals';
import type { Conversation } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import {
  type ConversationListState,
  reduceConversations,
  shows,
  unreadAmong,
  withPage,
} from './conversation-list.rules';

const conversation = (id: string, part: Partial<Conversation> = {}): Conversation =>
  ({
    id,
    leadId: `lead-${id}`,
    leadName: `Lead ${id}`,
    status: 'open',
    priority: 'normal',
    assigneeId: null,
    tags: [],
    subject: 'Offer',
    lastMessagePreview: 'Hello',
    lastMessageAt: `2026-01-0${id}T00:00:00.000Z`,
    createdAt: '2026-01-01T00:00:00.000Z',
    unreadCount: 0,
    ...part,
  }) as Conversation;

const state = (items: Conversation[], nextCursor: string | null = null): ConversationListState => ({
  items,
  nextCursor,
});
const received = (about: Conversation) =>
  ({ type: 'message.received', data: { conversation: about } }) as EventOfStore<'messages' | 'leads'>;
const all = { filter: {}, userId: 'ada' };
const ids = ({ items }: ConversationListState) => items.map(({ id }) => id);

describe('a list of conversations', () => {
  it('counts those with something unread, however much', () => {
    const unread = [0, 3, 1].map((unreadCount, at) => conversation(String(at), { unreadCount }));
    expect(unreadAmong(unread)).toBe(2);
  });

  it('moves up the one that something came in for', () => {
    const before = state([conversation('3'), conversation('2'), conversation('1')]);
    const after = reduceConversations(
      before,
      received(conversation('1', { lastMessageAt: '2026-01-09T00:00:00.000Z' })),
      all,
    );
    expect(ids(after)).toEqual(['1', '3', '2']);
  });

  it('lets go of what its filter no longer shows, and takes in what it now does', () => {
    const open = { filter: { status: 'open' as const }, userId: 'ada' };
    const before = state([conversation('2'), conversation('1')]);
    const resolved = reduceConversations(before, received(conversation('2', { status: 'resolved' })), open);
    expect(ids(resolved)).toEqual(['1']);
    expect(ids(reduceConversations(resolved, received(conversation('2')), open))).toEqual(['2', '1']);
  });

  it('leaves out what belongs to a page that is not loaded', () => {
    const before = state([conversation('5'), conversation('4')], 'more');
    expect(ids(reduceConversations(before, received(conversation('1')), all))).toEqual(['5', '4']);
    expect(ids(withPage(before, state([conversation('4'), conversation('1')])))).toEqual(['5', '4', '1']);
  });

  it('is the same object when nothing in it changes', () => {
    const before = state([conversation('1')]);
    const sent = { type: 'message.sent', data: {} } as EventOfStore<'messages' | 'leads'>;
    expect(reduceConversations(before, sent, all)).toBe(before);
  });

  it.each([
    [{ assigneeId: 'me' }, { assigneeId: 'ada' }, true],
    [{ assigneeId: 'me' }, { assigneeId: 'ben' }, false],
    [{ assigneeId: 'none' }, { assigneeId: 'ben' }, false],
    [{ unread: true }, { unreadCount: 0 }, false],
    [{ tag: 'vip' }, { tags: ['vip'] }, true],
    [{ q: 'OFF' }, { subject: 'An offer' }, true],
    [{ q: 'refund' }, { subject: 'An offer' }, false],
  ])('a list by %j shows one with %j: %s', (filter, part, expected) => {
    expect(shows({ filter, userId: 'ada' }, conversation('1', part))).toBe(expected);
  });
});
