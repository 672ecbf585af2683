import { Injectable, inject } from '@angular/core';
import type { Conversation, ConversationStatus, Page, Priority } from '@threadline/contracts';
import { Api, type Query } from '../../core/api';

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
    return this.api.get<ConversationPage>('/api/conversations', { ...filter, ...page } satisfies Query);
  }

  one(id: string): Promise<Conversation> {
    return this.api.get<Conversation>(`/api/conversations/${id}`);
  }

  /** A lead's conversations, one a channel. */
  ofLead(leadId: string): Promise<ConversationPage> {
    return this.api.get<ConversationPage>('/api/conversations', { leadId });
  }

  change(id: string, change: ConversationChange): Promise<Conversation> {
    return this.api.patch<Conversation>(`/api/conversations/${id}`, change);
  }

  markRead(id: string): Promise<Conversation> {
    return this.api.post<Conversation>(`/api/conversations/${id}/read`);
  }
}
