import type { Message } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** A lead's messages loaded so far, oldest first, and where the older ones begin. */
export interface ThreadState {
  messages: readonly Message[];
  olderCursor: string | null;
}

export function compareOldest(a: Message, b: Message): number {
  return a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id);
}

/** With this message as it is now, wherever it belongs. */
export function withMessage(state: ThreadState, message: Message): ThreadState {
  const others = state.messages.filter(({ id }) => id !== message.id);
  const first = state.messages[0];
  const isNew = others.length === state.messages.length;
  if (isNew && state.olderCursor !== null && first && compareOldest(message, first) < 0) return state;
  return { ...state, messages: [...others, message].sort(compareOldest) };
}

/** Pure: a lead's messages after an event. */
export function reduceThread(state: ThreadState, event: EventOfStore<'messages'>, leadId: string): ThreadState {
  switch (event.type) {
    case 'message.queued':
    case 'message.cancelled':
    case 'message.sent':
    case 'message.delivered':
    case 'message.failed':
    case 'message.unknown':
    case 'message.bounced':
    case 'message.opened':
    case 'message.clicked':
    case 'message.engagement_withdrawn':
    case 'message.received':
    case 'message.replied':
      return event.data.message.leadId === leadId ? withMessage(state, event.data.message) : state;
    default:
      return state;
  }
}

/** With a page of older messages, which come newest first. */
export function withOlder(state: ThreadState, page: { items: Message[]; nextCursor: string | null }): ThreadState {
  const known = new Set(state.messages.map(({ id }) => id));
  const older = page.items.filter(({ id }) => !known.has(id));
  return { messages: [...older, ...state.messages].sort(compareOldest), olderCursor: page.nextCursor };
}
