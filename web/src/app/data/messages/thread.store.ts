import { inject, Injectable } from '@angular/core';
import type { Message } from '@threadline/contracts';
import { LiveStore, type StoreStatus } from '@threadline/live';
import { firstValueFrom, map, type Observable, type Subscription } from 'rxjs';
import { Live } from '../../core/live';
import { Session } from '../../core/session';
import { Ticker } from '../../shared/format';
import { MessagesApi, type NewMessage } from './messages.api';
import { reduceThread, type ThreadState, withMessage, withOlder } from './thread.rules';

/** What a message needs before the server has given it the rest. */
export type Outgoing = NewMessage & { conversationId: string };

/** A lead's messages, oldest first, live; own ones show at once. */
export class Thread {
  readonly messages$: Observable<readonly Message[]>;
  /** Where the older messages begin; null when all are loaded. Given to `older`. */
  readonly olderCursor$: Observable<string | null>;
  readonly status$: Observable<StoreStatus>;
  /** Ids of own messages that the server has not confirmed yet. */
  readonly pending$: Observable<ReadonlySet<string>>;
  private readonly store: LiveStore<ThreadState, 'messages'>;
  private loading: Subscription | null = null;

  constructor(
    live: Live,
    private readonly api: MessagesApi,
    private readonly leadId: string,
    private readonly author: () => { id: string; now: number },
  ) {
    this.store = new LiveStore({
      source: live.connection,
      services: ['messages'],
      snapshot: () =>
        api.ofLead(leadId).then(({ items, nextCursor, asOf }) => ({
          state: { messages: [...items].reverse(), olderCursor: nextCursor },
          asOf,
        })),
      reduce: (state, event) => reduceThread(state, event, leadId),
    });
    this.messages$ = this.store.state$.pipe(map(({ messages }) => messages));
    this.olderCursor$ = this.store.state$.pipe(map(({ olderCursor }) => olderCursor));
    this.status$ = this.store.status$;
    this.pending$ = this.store.pending$;
  }

  /** Loads older messages; one page at a time. */
  older(cursor: string): void {
    if (this.loading && !this.loading.closed) return;
    this.loading = this.store
      .command(
        `older ${cursor}`,
        (state) => state,
        () => this.api.ofLead(this.leadId, cursor),
        { answered: withOlder },
      )
      .subscribe({ error: () => undefined }); // said by `status$`
  }

  /** Sends; rejects with the API's problem, for example `conversation_moved`, and takes the pending message back. */
  send({ conversationId, ...message }: Outgoing): Promise<Message> {
    const shown = this.shown(message, conversationId);
    return firstValueFrom(
      this.store.command(
        message.id,
        (state) => withMessage(state, shown),
        () => this.api.send(this.leadId, message),
        { answered: withMessage },
      ),
    );
  }

  /** Takes a message back that has not left yet. */
  undo(message: Message): Promise<Message> {
    const taken: Message = { ...message, status: 'cancelled', undoUntil: null };
    return firstValueFrom(
      this.store.command(
        `undo ${message.id}`,
        (state) => withMessage(state, taken),
        () => this.api.undo(message.id),
        { answered: withMessage },
      ),
    );
  }

  /** Sends a message again that failed, or of which it is not known whether it left. */
  sendAgain(message: Message): Promise<Message> {
    return firstValueFrom(
      this.store.command(
        `again ${message.id}`,
        (state) => withMessage(state, { ...message, status: 'queued', failure: null }),
        () => this.api.sendAgain(message.id),
        { answered: withMessage },
      ),
    );
  }

  /** Reads the messages anew; what is shown stays until they are there. */
  refresh(): void {
    this.store.refresh();
  }

  private shown(message: NewMessage, conversationId: string): Message {
    const { id, now } = this.author();
    return {
      id: message.id,
      leadId: this.leadId,
      conversationId,
      channel: message.channel,
      direction: 'outbound',
      status: 'queued',
      subject: message.subject ?? null,
      content: message.content,
      trackingId: null,
      authorId: id,
      createdAt: new Date(now).toISOString(),
      undoUntil: message.undoSeconds > 0 ? new Date(now + message.undoSeconds * 1_000).toISOString() : null,
      sentAt: null,
      deliveredAt: null,
      openedAt: null,
      clickedAt: null,
      repliedAt: null,
      failure: null,
    };
  }
}

/** The threads that were opened; they stay warm for a moment, so that going back shows them at once. */
@Injectable({ providedIn: 'root' })
export class Threads {
  private readonly live = inject(Live);
  private readonly api = inject(MessagesApi);
  private readonly session = inject(Session);
  private readonly ticker = inject(Ticker);
  private readonly threads = new Map<string, Thread>();

  of(leadId: string): Thread {
    const author = () => ({ id: this.session.me()?.user.id ?? '', now: this.ticker.now() });
    const thread = this.threads.get(leadId) ?? new Thread(this.live, this.api, leadId, author);
    this.threads.set(leadId, thread);
    return thread;
  }
}
