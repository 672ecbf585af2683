import { Injectable, inject } from '@angular/core';
import type { Conversation } from '@threadline/contracts';
import { type EventOfStore, LiveStore, type StoreStatus } from '@threadline/live';
import { firstValueFrom, type Observable } from 'rxjs';
import { Live } from '../../core/live';
import { type ConversationChange, ConversationsApi } from './conversations.api';

type Events = EventOfStore<'messages' | 'leads'>;

/** Pure: one conversation after an event. */
export function reduceConversation(conversation: Conversation, event: Events): Conversation {
  switch (event.type) {
    case 'conversation.started':
    case 'conversation.updated':
    case 'conversation.status_changed':
    case 'conversation.assigned':
    case 'message.queued':
    case 'message.cancelled':
    case 'message.received':
      return event.data.conversation.id === conversation.id ? event.data.conversation : conversation;
    case 'lead.updated': {
      const { id, name } = event.data.lead;
      return id === conversation.leadId && name !== conversation.leadName
        ? { ...conversation, leadName: name }
        : conversation;
    }
    default:
      return conversation;
  }
}

/** One conversation, live, whether or not a list shows it. */
export class ConversationRecord {
  readonly conversation$: Observable<Conversation>;
  readonly status$: Observable<StoreStatus>;
  private readonly store: LiveStore<Conversation, 'messages' | 'leads'>;

  constructor(
    live: Live,
    private readonly api: ConversationsApi,
    private readonly id: string,
  ) {
    this.store = new LiveStore({
      source: live.connection,
      services: ['messages', 'leads'],
      snapshot: () => this.read(),
      reduce: reduceConversation,
    });
    this.conversation$ = this.store.state$;
    this.status$ = this.store.status$;
  }

  /** Shown at once, taken back when it is refused. Rejects with the API's problem. */
  change(change: ConversationChange): Promise<Conversation> {
    return firstValueFrom(
      this.store.command(
        `${this.id} ${JSON.stringify(change)}`,
        (conversation) => ({ ...conversation, ...change }),
        () => this.api.change(this.id, change),
        { answered: (_, answer) => answer },
      ),
    );
  }

  refresh(): void {
    this.store.refresh();
  }

  /** The list knows the log's position, the single conversation does not: the one says whose list to read. */
  private async read(): Promise<{ state: Conversation; asOf: number }> {
    const { leadId } = await this.api.one(this.id);
    const { items, asOf } = await this.api.ofLead(leadId);
    const found = items.find(({ id }) => id === this.id);
    if (!found) throw new Error('The conversation went away while it was read');
    return { state: found, asOf };
  }
}

/** Records of conversations; they stay warm for a moment, so that going back shows them at once. */
@Injectable({ providedIn: 'root' })
export class ConversationRecords {
  private readonly live = inject(Live);
  private readonly api = inject(ConversationsApi);
  private readonly records = new Map<string, ConversationRecord>();

  of(id: string): ConversationRecord {
    const record = this.records.get(id) ?? new ConversationRecord(this.live, this.api, id);
    this.records.set(id, record);
    return record;
  }
}
