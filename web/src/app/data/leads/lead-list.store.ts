import { Injectable, inject } from '@angular/core';
import { type Envelope, type Lead, leadActivity } from '@threadline/contracts';
import { LiveStore, type StoreStatus } from '@threadline/live';
import { auditTime, filter, firstValueFrom, map, NEVER, type Observable, tap } from 'rxjs';
import { Live } from '../../core/live';
import { type LeadListState, place, reduceLeads, withPage, without } from './lead-list.rules';
import { type LeadChange, type LeadFilter, LeadsApi, type NewLead } from './leads.api';

const PAGE = 100;
const LARGEST_PAGE = 200;
/** A new snapshot brings back what was loaded before, up to so many rows. */
const MOST_READ_AGAIN = 2_000;
/** A lead that is not loaded has become active: how long others are waited for, in milliseconds. */
const ACTIVITY_PAUSE = 2_000;
const WARM_LISTS = 8;

/** One list of leads: filtered, ordered, live, longer as one scrolls. */
export class LeadList {
  readonly leads$: Observable<readonly Lead[]>;
  /** Where the next page begins; null when all are loaded. Given to `more`. */
  readonly cursor$: Observable<string | null>;
  readonly status$: Observable<StoreStatus>;
  /** As it was when a screen last showed it, for when the server is out of reach. */
  last: LeadListState | null = null;
  private readonly store: LiveStore<LeadListState, 'leads' | 'messages'>;
  private loading: Promise<unknown> | null = null;
  private loaded: ReadonlySet<string> = new Set();

  constructor(
    live: Live,
    private readonly api: LeadsApi,
    readonly filter: LeadFilter,
  ) {
    this.store = new LiveStore({
      source: live.connection,
      services: ['leads', 'messages'],
      snapshot: () => this.read(),
      reduce: (state, event) => reduceLeads(state, event, filter),
      refresh$: this.strangers(live),
    });
    this.leads$ = this.store.state$.pipe(
      tap((state) => (this.last = state)),
      map(({ items }) => items),
      tap((items) => (this.loaded = new Set(items.map(({ id }) => id)))),
    );
    this.cursor$ = this.store.state$.pipe(map(({ nextCursor }) => nextCursor));
    this.status$ = this.store.status$;
  }

  /** Loads the next page; once at a time. Rejects with the problem. */
  more(cursor: string): Promise<unknown> {
    const page$ = this.store.command(
      `page ${cursor}`,
      (state) => state,
      () => this.api.list(this.filter, { cursor, limit: LARGEST_PAGE }),
      { answered: withPage },
    );
    return (this.loading ??= firstValueFrom(page$).finally(() => (this.loading = null)));
  }

  /** Makes a lead; it stands in the list once the server has it. Rejects with the problem. */
  create(lead: NewLead): Promise<Lead> {
    return firstValueFrom(
      this.store.command(
        lead.id,
        (state) => state,
        () => this.api.create(lead),
        { answered: (state, made) => place(state, made, this.filter) },
      ),
    );
  }

  /** Changes a lead; shown at once, taken back when it is refused. Rejects with the problem. */
  change(lead: Lead, change: LeadChange): Promise<Lead> {
    const wanted: Lead = { ...lead, ...change };
    return firstValueFrom(
      this.store.command(
        lead.id,
        (state) => place(state, wanted, this.filter),
        () => this.api.change(lead.id, change),
        { answered: (state, answer) => place(state, answer, this.filter) },
      ),
    );
  }

  /** Deletes a lead; gone at once, back when it is refused. Rejects with the problem. */
  delete(id: string): Promise<null> {
    return firstValueFrom(
      this.store.command(
        id,
        (state) => without(state, id),
        () => this.api.delete(id),
      ),
    );
  }

  /** Brings a deleted lead back. Rejects with the problem. */
  restore(lead: Lead): Promise<Lead> {
    return firstValueFrom(
      this.store.command(
        `restore ${lead.id}`,
        (state) => place(state, lead, this.filter),
        () => this.api.restore(lead.id),
        { answered: (state, answer) => place(state, answer, this.filter) },
      ),
    );
  }

  /** Reads the leads anew; what is shown stays until they are there. */
  refresh(): void {
    this.store.refresh();
  }

  private async read(): Promise<{ state: LeadListState; asOf: number }> {
    const wanted = Math.min(this.loaded.size, MOST_READ_AGAIN);
    const { asOf, ...first } = await this.api.list(this.filter, { limit: wanted > PAGE ? LARGEST_PAGE : PAGE });
    let state: LeadListState = first;
    while (state.nextCursor !== null && state.items.length < wanted) {
      state = withPage(state, await this.api.list(this.filter, { cursor: state.nextCursor, limit: LARGEST_PAGE }));
    }
    return { state, asOf };
  }

  /** A list by activity must show a lead that is not loaded when it becomes active: the event does not carry it. */
  private strangers(live: Live): Observable<unknown> {
    if (this.filter.sort !== '-lastActivityAt') return NEVER;
    return live.connection.service('messages').pipe(
      map((event: Envelope) => leadActivity(event)),
      filter((activity) => activity !== null && !this.loaded.has(activity.leadId)),
      auditTime(ACTIVITY_PAUSE),
    );
  }
}

/** Makes lists; those last asked for stay warm, so that coming back shows them at once. */
@Injectable({ providedIn: 'root' })
export class LeadLists {
  private readonly live = inject(Live);
  private readonly api = inject(LeadsApi);
  private readonly lists = new Map<string, LeadList>();

  of(wanted: LeadFilter): LeadList {
    const key = JSON.stringify(Object.entries(wanted).sort());
    const list = this.lists.get(key) ?? new LeadList(this.live, this.api, wanted);
    this.lists.delete(key);
    this.lists.set(key, list);
    const oldest = this.lists.keys().next().value;
    if (this.lists.size > WARM_LISTS && oldest !== undefined) this.lists.delete(oldest);
    return list;
  }
}
