import type { Conversation } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import type { ConversationFilter } from './conversations.api';

/** The conversations loaded so far, newest first, and where the rest begins. */
export interface ConversationListState {
  items: readonly Conversation[];
  nextCursor: string | null;
}

/** What the filter's words mean here: who `me` is. */
export interface ListContext {
  filter: ConversationFilter;
  userId: string;
}

/** The time a conversation is sorted by. */
export function newest(conversation: Conversation): string {
  return conversation.lastMessageAt ?? conversation.createdAt;
}

export function compareNewest(a: Conversation, b: Conversation): number {
  return newest(b).localeCompare(newest(a)) || b.id.localeCompare(a.id);
}

/** Whether a list with this filter shows the conversation. */
export function shows({ filter, userId }: ListContext, conversation: Conversation): boolean {
  if (filter.status && conversation.status !== filter.status) return false;
  if (filter.priority && conversation.priority !== filter.priority) return false;
  if (filter.tag && !conversation.tags.includes(filter.tag)) return false;
  if (filter.unread && conversation.unreadCount === 0) return false;
  if (filter.assigneeId === 'none') return conversation.assigneeId === null && matches(filter.q, conversation);
  const assignee = filter.assigneeId === 'me' ? userId : filter.assigneeId;
  if (assignee && conversation.assigneeId !== assignee) return false;
  return matches(filter.q, conversation);
}

function matches(q: string | undefined, { leadName, subject, lastMessagePreview }: Conversation): boolean {
  const words = q?.trim().toLowerCase();
  if (!words) return true;
  return [leadName, subject, lastMessagePreview].some((text) => text?.toLowerCase().includes(words));
}

/**
 * Puts a conversation where it belongs: in, out, or somewhere else in the order. One that would stand behind the last
 * loaded row, while there are more to load, is left out: it comes with its page.
 */
export function place(
  state: ConversationListState,
  conversation: Conversation,
  context: ListContext,
): ConversationListState {
  const others = state.items.filter(({ id }) => id !== conversation.id);
  if (!shows(context, conversation)) return others.length === state.items.length ? state : { ...state, items: others };
  const last = others.at(-1);
  if (state.nextCursor !== null && last && compareNewest(conversation, last) > 0) return { ...state, items: others };
  return { ...state, items: [...others, conversation].sort(compareNewest) };
}

/** Pure: the list after an event. */
export function reduceConversations(
  state: ConversationListState,
  event: EventOfStore<'messages' | 'leads'>,
  context: ListContext,
): ConversationListState {
  switch (event.type) {
    case 'conversation.started':
    case 'conversation.updated':
    case 'conversation.status_changed':
    case 'conversation.assigned':
    case 'message.queued':
    case 'message.cancelled':
    case 'message.received':
      return place(state, event.data.conversation, context);
    case 'lead.updated':
      return rename(state, event.data.lead.id, event.data.lead.name);
    case 'lead.erased':
    case 'lead.deleted': {
      const { leadId } = event.data;
      return { ...state, items: state.items.filter((conversation) => conversation.leadId !== leadId) };
    }
    default:
      return state;
  }
}

function rename(state: ConversationListState, leadId: string, leadName: string): ConversationListState {
  const stale = (one: Conversation): boolean => one.leadId === leadId && one.leadName !== leadName;
  if (!state.items.some(stale)) return state;
  return { ...state, items: state.items.map((one) => (stale(one) ? { ...one, leadName } : one)) };
}

/** The list with its next page. */
export function withPage(state: ConversationListState, page: ConversationListState): ConversationListState {
  const known = new Set(state.items.map(({ id }) => id));
  const fresh = page.items.filter(({ id }) => !known.has(id));
  return { items: [...state.items, ...fresh].sort(compareNewest), nextCursor: page.nextCursor };
}

/** How many of them hold something that nobody has looked at. */
export function unreadAmong(conversations: readonly Pick<Conversation, 'unreadCount'>[]): number {
  return conversations.filter(({ unreadCount }) => unreadCount > 0).length;
}
