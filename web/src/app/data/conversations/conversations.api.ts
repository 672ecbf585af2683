import { Injectable, inject } from '@angular/core';
import {
  conversationsChange,
  conversationsList,
  conversationsMarkRead,
  conversationsOne,
} from '@threadline/api-client';
import type { Conversation, ConversationStatus, Page, Priority } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a list of conversations shows; the same names as in the API and the address bar. */
export interface ConversationFilter {
  status?: ConversationStatus;
  assigneeId?: string;
  priority?: Priority;
  tag?: string;
  unread?: boolean;
  q?: string;
}

export type ConversationPage = Page<Conversation> & { asOf: number };

export type ConversationChange = Partial<
  Pick<Conversation, 'status' | 'priority' | 'assigneeId' | 'tags' | 'snoozedUntil'>
>;

@Injectable({ providedIn: 'root' })
export class ConversationsApi {
  private readonly api = inject(Api);

  list(filter: ConversationFilter, page: { limit?: number; cursor?: string } = {}): Promise<ConversationPage> {
    return this.api.run(conversationsList<true>, { query: { ...filter, ...page } });
  }

  one(id: string): Promise<Conversation> {
    return this.api.run(conversationsOne<true>, { path: { id } });
  }

  /** A lead's conversations, one a channel. */
  ofLead(leadId: string): Promise<ConversationPage> {
    return this.api.run(conversationsList<true>, { query: { leadId } });
  }

  change(id: string, change: ConversationChange): Promise<Conversation> {
    return this.api.run(conversationsChange<true>, { path: { id }, body: change });
  }

  markRead(id: string): Promise<Conversation> {
    return this.api.run(conversationsMarkRead<true>, { path: { id } });
  }
}
