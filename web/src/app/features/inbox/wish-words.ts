import type { ConversationWish } from './thread-head.component';

/** What a toast says about a change that takes a conversation out of sight; null for the others. */
export function wishWords({ status }: ConversationWish, name: string): string | null {
  switch (status) {
    case 'resolved':
      return `Conversation with ${name} resolved`;
    case 'snoozed':
      return `Conversation with ${name} snoozed`;
    case 'open':
      return `Conversation with ${name} opened again`;
    case 'pending':
      return `Conversation with ${name} waits for an answer`;
    case undefined:
      return null;
  }
}
