import { Injectable, inject } from '@angular/core';
import type { Envelope } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { firstValueFrom, map, tap } from 'rxjs';
import { Live } from '../../core/live';
import { LeadNames } from '../leads';
import { MembersStore } from '../members';
import { ActivityApi } from './activity.api';
import { type ActivityState, reduceActivity, withOlder } from './activity.rules';

const PAGE = 50;

/** What happens in the workspace, newest first, live. */
@Injectable({ providedIn: 'root' })
export class ActivityFeed {
  private readonly api = inject(ActivityApi);
  private readonly leads = inject(LeadNames);
  private readonly members = inject(MembersStore);
  private readonly store = new LiveStore<ActivityState, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.page({ limit: PAGE }).then(({ asOf, ...state }) => ({ state, asOf })),
    reduce: reduceActivity,
  });
  private loading: Promise<unknown> | null = null;

  readonly state$ = this.store.state$.pipe(tap(({ items }) => this.name(items)));
  readonly status$ = this.store.status$;
  /** Names of the leads and members that the events are about, as they become known. */
  readonly leadNames$ = this.leads.names$;
  readonly memberNames$ = this.members.members$.pipe(
    map((members): ReadonlyMap<string, string> => new Map(members.map(({ userId, name }) => [userId, name]))),
  );

  /** Loads what is older; once at a time. Rejects with the problem. */
  older(cursor: string): Promise<unknown> {
    const page$ = this.store.command(
      `older ${cursor}`,
      (state) => state,
      () => this.api.page({ cursor, limit: PAGE }),
      { answered: withOlder },
    );
    return (this.loading ??= firstValueFrom(page$).finally(() => (this.loading = null)));
  }

  refresh(): void {
    this.store.refresh();
  }

  private name(items: readonly Envelope[]): void {
    this.leads.learn(items);
    const leadIds = items.flatMap((event) =>
      event.about.filter((ref) => ref.startsWith('lead:')).map((ref) => ref.slice('lead:'.length)),
    );
    // Without its name a lead is told of as “a lead”; the next event asks again.
    this.leads.want(leadIds).catch(() => undefined);
  }
}
