import { Injectable, inject } from '@angular/core';
import type { Conversation } from '@threadline/contracts';
import type { Trouble } from '@threadline/live';
import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  firstValueFrom,
  map,
  type Observable,
  of,
  startWith,
  switchMap,
} from 'rxjs';
import {
  type ConversationChange,
  type ConversationFilter,
  type ConversationList,
  ConversationLists,
  ConversationRecords,
} from '../../data/conversations';

/** The list as the screen shows it. */
export interface ListView {
  /** Null until the first page is there. */
  items: readonly Conversation[] | null;
  cursor: string | null;
  trouble: Trouble | null;
}

/** The conversation that is open; `trouble` says why there is none. */
export interface OpenConversation {
  id: string;
  conversation: Conversation | null;
  trouble: Trouble | null;
}

/** What one inbox page looks at: one list, one conversation. */
@Injectable()
export class InboxStore {
  private readonly lists = inject(ConversationLists);
  private readonly records = inject(ConversationRecords);
  private readonly filter = new BehaviorSubject<ConversationFilter | null>(null);
  private readonly id = new BehaviorSubject<string | null>(null);
  private list: ConversationList | null = null;

  readonly list$: Observable<ListView> = this.filter.pipe(
    distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
    switchMap((filter) => {
      this.list = filter && this.lists.of(filter);
      if (!this.list) return of({ items: null, cursor: null, trouble: null });
      const { conversations$, cursor$, status$ } = this.list;
      return combineLatest([conversations$.pipe(startWith(null)), cursor$.pipe(startWith(null)), status$]).pipe(
        map(([items, cursor, status]) => ({ items, cursor, trouble: status.trouble })),
      );
    }),
  );

  readonly open$: Observable<OpenConversation | null> = this.id.pipe(
    distinctUntilChanged(),
    switchMap((id) => {
      if (id === null) return of(null);
      const record = this.records.of(id);
      return combineLatest([record.conversation$.pipe(startWith(null)), record.status$]).pipe(
        map(([conversation, { trouble }]) => {
          // Taken away while it was open: what was there is shown no longer.
          const gone = trouble?.code === 'not_found';
          return { id, conversation: gone ? null : conversation, trouble: gone || !conversation ? trouble : null };
        }),
      );
    }),
  );

  look(filter: ConversationFilter): void {
    this.filter.next(filter);
  }

  show(id: string | null): void {
    this.id.next(id);
  }

  more(cursor: string): void {
    this.list?.more(cursor);
  }

  refresh(): void {
    this.list?.refresh();
    if (this.id.value) this.records.of(this.id.value).refresh();
  }

  /** Changes a conversation: the list shows it at once, the open one with the answer. Rejects with the problem. */
  change(conversation: Conversation, change: ConversationChange): Promise<Conversation> {
    if (this.list) return firstValueFrom(this.list.change(conversation, change));
    return this.records.of(conversation.id).change(change);
  }
}
