import { Injectable, inject } from '@angular/core';
import {
  messagesOfLead,
  messagesSend,
  messagesSendAgain,
  messagesUndo,
  trackingOfMessage,
} from '@threadline/api-client';
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
    return this.api.run(messagesOfLead<true>, { path: { leadId }, query: { sort: '-createdAt', cursor } });
  }

  send(leadId: string, message: NewMessage): Promise<Message> {
    return this.api.run(messagesSend<true>, { path: { leadId }, body: message }, { idempotencyKey: message.id });
  }

  undo(id: string): Promise<Message> {
    return this.api.run(messagesUndo<true>, { path: { id } });
  }

  sendAgain(id: string): Promise<Message> {
    return this.api.run(messagesSendAgain<true>, { path: { id } });
  }

  /** Every hit on a message's pixel and links, oldest first, with the evidence of its verdict. */
  hits(id: string, cursor?: string): Promise<Page<Hit>> {
    return this.api.run(trackingOfMessage<true>, { path: { id }, query: { cursor } });
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
