import { Injectable, inject } from '@angular/core';
import type { Channel, Hit, Message, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

export interface NewMessage {
  /** UUIDv7, made here: the pending message, the answer and the event carry it. */
  id: string;
  channel: Channel;
  content: string;
  subject?: string;
  /** The newest message that was seen; null: none; undefined: send whatever has come since. */
  afterMessageId?: string | null;
  undoSeconds: number;
}

export type MessagePage = Page<Message> & { asOf: number };

@Injectable({ providedIn: 'root' })
export class MessagesApi {
  private readonly api = inject(Api);

  /** A lead's messages on all channels, newest first. */
  ofLead(leadId: string, cursor?: string): Promise<MessagePage> {
    return this.api.get<MessagePage>(`/api/leads/${leadId}/messages`, { sort: '-createdAt', cursor });
  }

  send(leadId: string, message: NewMessage): Promise<Message> {
    return this.api.post<Message>(`/api/leads/${leadId}/messages`, message, { idempotencyKey: message.id });
  }

  undo(id: string): Promise<Message> {
    return this.api.post<Message>(`/api/messages/${id}/undo`);
  }

  sendAgain(id: string): Promise<Message> {
    return this.api.post<Message>(`/api/messages/${id}/send-again`);
  }

  /** Every hit on a message's pixel and links, oldest first, with the evidence of its verdict. */
  hits(id: string, cursor?: string): Promise<Page<Hit>> {
    return this.api.get<Page<Hit>>(`/api/messages/${id}/tracking`, { cursor });
  }

  /** All of them: a mail that many machines looked at has more than a page. */
  async allHits(id: string): Promise<Page<Hit>> {
    const items: Hit[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Hit> = await this.hits(id, cursor ?? undefined);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return { items, nextCursor: null };
  }
}
