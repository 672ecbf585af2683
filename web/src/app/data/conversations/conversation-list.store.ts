import { inject, Injectable } from '@angular/core';
import type { Conversation } from '@threadline/contracts';
import { LiveStore, type StoreStatus } from '@threadline/live';
import { map, type Observable, type Subscription } from 'rxjs';
import { Live } from '../../core/live';
import { Session } from '../../core/session';
import {
  type ConversationListState,
  type ListContext,
  place,
  reduceConversations,
  withPage,
} from './conversation-list.rules';
import { type ConversationChange, type ConversationFilter, ConversationsApi } from './conversations.api';

/** One list of conversations: newest first, live, longer as one scrolls. */
export class ConversationList {
  readonly conversations$: Observable<readonly Conversation[]>;
  /** Where the next page begins; null when all are loaded. Given to `more`. */
  readonly cursor$: Observable<string | null>;
  readonly status$: Observable<StoreStatus>;
  private readonly store: LiveStore<ConversationListState, 'messages' | 'leads'>;
  private loading: Subscription | null = null;

  constructor(
    live: Live,
    private readonly api: ConversationsApi,
    private readonly context: ListContext,
  ) {
    this.store = new LiveStore({
      source: live.connection,
      services: ['messages', 'leads'],
      snapshot: () => api.list(context.filter).then(({ asOf, ...state }) => ({ state, asOf })),
      reduce: (state, event) => reduceConversations(state, event, context),
    });
    this.conversations$ = this.store.state$.pipe(map(({ items }) => items));
    this.cursor$ = this.store.state$.pipe(map(({ nextCursor }) => nextCursor));
    this.status$ = this.store.status$;
  }

  /** Loads the next page; once at a time. */
  more(cursor: string): void {
    if (this.loading && !this.loading.closed) return;
    this.loading = this.store
      .command(
        `page ${cursor}`,
        (state) => state,
        () => this.api.list(this.context.filter, { cursor }),
        {
          answered: (state, page) => withPage(state, page),
        },
      )
      .subscribe({ error: () => undefined }); // said by the store's status
  }

  /** Reads the list anew; what is shown stays until it is there. */
  refresh(): void {
    this.store.refresh();
  }

  /** Changes a conversation; shown at once, taken back when it is refused. */
  change(conversation: Conversation, change: ConversationChange): Observable<Conversation> {
    const wanted = { ...conversation, ...change };
    return this.store.command(
      conversation.id,
      (state) => place(state, wanted, this.context),
      () => this.api.change(conversation.id, change),
      { answered: (state, answer) => place(state, answer, this.context) },
    );
  }
}

/** Makes lists; the one last asked for stays warm, so that coming back shows it at once. */
@Injectable({ providedIn: 'root' })
export class ConversationLists {
  private readonly live = inject(Live);
  private readonly api = inject(ConversationsApi);
  private readonly session = inject(Session);
  private readonly lists = new Map<string, ConversationList>();

  of(filter: ConversationFilter): ConversationList {
    const userId = this.session.me()?.user.id ?? '';
    const key = JSON.stringify([userId, Object.entries(filter).sort()]);
    const list = this.lists.get(key) ?? new ConversationList(this.live, this.api, { filter, userId });
    this.lists.set(key, list);
    return list;
  }
}
