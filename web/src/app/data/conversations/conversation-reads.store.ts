import { DOCUMENT, Injectable, inject } from '@angular/core';
import { ConversationsApi } from './conversations.api';

/** Tells the server that what came in has been seen: once for each newest message, and only when the tab is looked at. */
@Injectable({ providedIn: 'root' })
export class ConversationReads {
  private readonly api = inject(ConversationsApi);
  private readonly document = inject(DOCUMENT);
  private readonly told = new Map<string, string>();
  private readonly waiting = new Map<string, string>();

  constructor() {
    this.document.addEventListener('visibilitychange', () => {
      const waiting = [...this.waiting];
      this.waiting.clear();
      for (const [conversationId, messageId] of waiting) this.seen(conversationId, messageId);
    });
  }

  /** @param messageId the newest message on the screen */
  seen(conversationId: string, messageId: string): void {
    if (this.told.get(conversationId) === messageId) return;
    if (this.document.visibilityState === 'hidden') {
      this.waiting.set(conversationId, messageId);
      return;
    }
    this.told.set(conversationId, messageId);
    this.api.markRead(conversationId).catch(() => {
      // It stays unread for everybody, and is told again when it is next looked at.
      this.told.delete(conversationId);
    });
  }
}
