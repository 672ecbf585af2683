import { Injectable, inject } from '@angular/core';
import type { Lead } from '@threadline/contracts';
import { LiveStore, type StoreStatus } from '@threadline/live';
import { firstValueFrom, type Observable, type Subscription } from 'rxjs';
import { Live } from '../../core/live';
import { type LeadChange, LeadsApi } from '../leads';
import { type LeadState, reduceLead, reduceTimeline, type TimelineState, withEarlier } from './lead.rules';

/** One lead, live, with everything that happened to it. */
export class LeadRecord {
  readonly state$: Observable<LeadState>;
  readonly status$: Observable<StoreStatus>;
  readonly timeline$: Observable<TimelineState>;
  readonly timelineStatus$: Observable<StoreStatus>;
  private readonly store: LiveStore<LeadState, 'leads' | 'messages'>;
  private readonly events: LiveStore<TimelineState, 'activity'>;
  private loading: Subscription | null = null;

  constructor(
    live: Live,
    private readonly api: LeadsApi,
    private readonly id: string,
  ) {
    this.store = new LiveStore({
      source: live.connection,
      services: ['leads', 'messages'],
      snapshot: () => api.one(id).then(({ asOf, ...lead }) => ({ state: { lead, deleted: false }, asOf })),
      reduce: reduceLead,
    });
    this.events = new LiveStore({
      source: live.connection,
      services: ['activity'],
      snapshot: () =>
        api.timeline(id).then(({ items, nextCursor, asOf }) => ({
          state: { events: items, earlierCursor: nextCursor },
          asOf,
        })),
      reduce: (state, event) => reduceTimeline(state, event, id),
    });
    this.state$ = this.store.state$;
    this.status$ = this.store.status$;
    this.timeline$ = this.events.state$;
    this.timelineStatus$ = this.events.status$;
  }

  /** Shown at once, taken back when it is refused. Rejects with the API's problem. */
  change(change: LeadChange): Promise<Lead> {
    return firstValueFrom(
      this.store.command(
        this.id,
        (state) => ({ ...state, lead: { ...state.lead, ...change } }),
        () => this.api.change(this.id, change),
        { answered: (state, lead) => ({ ...state, lead }) },
      ),
    );
  }

  async delete(): Promise<void> {
    await this.api.delete(this.id);
  }

  async restore(): Promise<void> {
    await this.api.restore(this.id);
    this.store.refresh();
  }

  refresh(): void {
    this.store.refresh();
    this.events.refresh();
  }

  /** Loads what happened earlier; one page at a time. */
  earlier(cursor: string): void {
    if (this.loading && !this.loading.closed) return;
    this.loading = this.events
      .command(
        `earlier ${cursor}`,
        (state) => state,
        () => this.api.timeline(this.id, cursor),
        {
          answered: withEarlier,
        },
      )
      .subscribe({ error: () => undefined }); // said by `timelineStatus$`
  }
}

/** Records of leads; they stay warm for a moment, so that going back shows them at once. */
@Injectable({ providedIn: 'root' })
export class LeadRecords {
  private readonly live = inject(Live);
  private readonly api = inject(LeadsApi);
  private readonly records = new Map<string, LeadRecord>();

  of(id: string): LeadRecord {
    const record = this.records.get(id) ?? new LeadRecord(this.live, this.api, id);
    this.records.set(id, record);
    return record;
  }
}
