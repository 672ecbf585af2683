import { Injectable, inject } from '@angular/core';
import type { MailboxMailPage } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import {
  asyncScheduler,
  delay,
  filter,
  firstValueFrom,
  merge,
  type Observable,
  scan,
  startWith,
  throttleTime,
} from 'rxjs';
import { Live } from '../../core/live';
import { MailboxApi } from './mailbox.api';
import {
  type Aftermath,
  aftermathOf,
  isToldByMail,
  type MailboxState,
  movesMailbox,
  tellMore,
  withMail,
  withOlder,
} from './mailbox.rules';

const PAGE = 100;
/** The list is read again at most this often, in milliseconds; the last change always comes through. */
const READ_EVERY = 200;
/** A mail of Threadline itself arrives so much later than the event it tells of, in milliseconds. */
const MAIL_TAKES = 1_500;

/** The mails that arrived in the built-in mailbox, newest first; read again when mail moves. */
@Injectable({ providedIn: 'root' })
export class MailboxStore {
  private readonly api = inject(MailboxApi);
  private readonly connection = inject(Live).connection;
  private shown = 0;
  private loading: Promise<unknown> | null = null;
  private readonly store = new LiveStore<MailboxState, 'messages'>({
    source: this.connection,
    services: [],
    snapshot: () => this.read(),
    reduce: (state) => state,
    // The events say that a mail came, not what stands in it.
    refresh$: merge(
      this.connection
        .log(['messages'])
        .pipe(filter((news) => news.kind === 'reset' || (news.kind === 'events' && news.events.some(movesMailbox)))),
      this.connection.log(['activity']).pipe(
        filter((news) => news.kind === 'events' && news.events.some(isToldByMail)),
        delay(MAIL_TAKES),
      ),
    ).pipe(throttleTime(READ_EVERY, asyncScheduler, { leading: true, trailing: true })),
  });

  readonly state$ = this.store.state$;
  readonly status$ = this.store.status$;

  /** Loads older mails; once at a time. Rejects with the problem. */
  older(cursor: string): Promise<unknown> {
    const page$ = this.store.command(
      `older ${cursor}`,
      (state) => state,
      () => this.api.list({ cursor, limit: PAGE }),
      { answered: (state, page) => this.counted(withOlder(state, page)) },
    );
    return (this.loading ??= firstValueFrom(page$).finally(() => (this.loading = null)));
  }

  /** Shows in the list how a mail stands now. */
  mark(mail: MailboxMailPage): void {
    const id = `mark ${mail.id}`;
    this.store.pending(id, (state) => withMail(state, mail));
    this.store.confirm(id);
  }

  refresh(): void {
    this.store.refresh();
  }

  /** What Threadline makes of what is done to this message's mail, from now on; newest first. */
  aftermath(messageId: string): Observable<readonly Aftermath[]> {
    return this.connection.service('messages').pipe(
      scan((told: readonly Aftermath[], event) => tellMore(told, aftermathOf(event, messageId)), []),
      startWith([]),
    );
  }

  private async read(): Promise<{ state: MailboxState; asOf: number }> {
    const { asOf, ...first } = await this.api.list({ limit: PAGE });
    let state: MailboxState = first;
    while (state.nextCursor !== null && state.items.length < this.shown) {
      state = withOlder(state, await this.api.list({ cursor: state.nextCursor, limit: PAGE }));
    }
    return { state: this.counted(state), asOf };
  }

  private counted(state: MailboxState): MailboxState {
    this.shown = state.items.length;
    return state;
  }
}
