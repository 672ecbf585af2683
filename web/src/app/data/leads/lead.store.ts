import { Injectable, inject } from '@angular/core';
import { type Lead, leadActivity } from '@threadline/contracts';
import { type EventOfStore, LiveStore, type StoreStatus } from '@threadline/live';
import { firstValueFrom, map, type Observable } from 'rxjs';
import { Live } from '../../core/live';
import { type LeadChange, LeadsApi } from './leads.api';

/** A lead, or that it has been deleted since it was read. */
export interface LeadState {
  lead: Lead;
  deleted: boolean;
}

/** Pure: the lead after an event. */
export function reduceLead(state: LeadState, event: EventOfStore<'leads' | 'messages'>): LeadState {
  const { id, lastActivityAt } = state.lead;
  switch (event.type) {
    case 'lead.created':
    case 'lead.updated':
    case 'lead.status_changed':
    case 'lead.restored': {
      const { lead } = event.data;
      if (lead.id !== id) return state;
      const later = (lastActivityAt ?? '') > (lead.lastActivityAt ?? '') ? lastActivityAt : lead.lastActivityAt;
      return { lead: { ...lead, lastActivityAt: later }, deleted: false };
    }
    case 'lead.deleted':
      return event.data.leadId === id ? { ...state, deleted: true } : state;
    default: {
      const activity = leadActivity(event);
      if (activity?.leadId !== id || activity.at <= (lastActivityAt ?? '')) return state;
      return { ...state, lead: { ...state.lead, lastActivityAt: activity.at } };
    }
  }
}

/** One lead, live. */
export class LeadRecord {
  readonly state$: Observable<LeadState>;
  readonly lead$: Observable<Lead>;
  readonly status$: Observable<StoreStatus>;
  private readonly store: LiveStore<LeadState, 'leads' | 'messages'>;

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
    this.state$ = this.store.state$;
    this.lead$ = this.store.state$.pipe(map(({ lead }) => lead));
    this.status$ = this.store.status$;
  }

  /** Changes the lead; shown at once, taken back when it is refused. Rejects with the problem. */
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

  /** Deletes the lead. Rejects with the problem. */
  delete(): Promise<null> {
    return firstValueFrom(
      this.store.command(
        this.id,
        (state) => ({ ...state, deleted: true }),
        () => this.api.delete(this.id),
      ),
    );
  }

  /** Brings the lead back. Rejects with the problem. */
  restore(): Promise<Lead> {
    return firstValueFrom(
      this.store.command(
        `restore ${this.id}`,
        (state) => ({ ...state, deleted: false }),
        () => this.api.restore(this.id),
        { answered: (_, lead) => ({ lead, deleted: false }) },
      ),
    );
  }
}

/** Makes the store of one lead. */
@Injectable({ providedIn: 'root' })
export class LeadRecords {
  private readonly live = inject(Live);
  private readonly api = inject(LeadsApi);

  of(id: string): LeadRecord {
    return new LeadRecord(this.live, this.api, id);
  }
}
