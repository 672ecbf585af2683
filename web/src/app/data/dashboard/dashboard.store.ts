import { Injectable, inject } from '@angular/core';
import type { DashboardAnalytics, DashboardStats, NumberName } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { asyncScheduler, firstValueFrom, map, merge, type Observable, of, throttleTime } from 'rxjs';
import { Live } from '../../core/live';
import { DashboardApi, type Period } from './dashboard.api';
import { newerStats, type NumberRowsState, type NumberValues, withRows } from './dashboard.rules';

/** A period or its rows are read again at most this often, in milliseconds; the last change always comes through. */
const READ_EVERY = 300;
const PAGE = 100;
const MOST_READ_AGAIN = 1_000;

/** The numbers of the workspace: over all time, of a period, and the rows behind one. */
@Injectable({ providedIn: 'root' })
export class DashboardStore {
  private readonly connection = inject(Live).connection;
  private readonly api = inject(DashboardApi);
  /** When what was read of a period may no longer hold. */
  private readonly moved$ = merge(
    this.connection.state('analytics_updated'),
    this.connection.joined('analytics_updated'),
  ).pipe(throttleTime(READ_EVERY, asyncScheduler, { leading: true, trailing: true }));

  /** Over all time. */
  readonly stats = new LiveStore<DashboardStats, 'activity'>({
    source: this.connection,
    services: [],
    snapshot: () => this.api.stats().then((state) => ({ state, asOf: state.asOf })),
    reduce: (state) => state,
    moments$: this.connection.state('stats_updated').pipe(
      map(
        ({ stats }) =>
          (state: DashboardStats) =>
            newerStats(state, stats),
      ),
    ),
    refresh$: this.connection.joined('stats_updated'),
  });

  /** A period day by day, read again whenever a number has moved. */
  analytics(period: Period): LiveStore<DashboardAnalytics, 'activity'> {
    return new LiveStore<DashboardAnalytics, 'activity'>({
      source: this.connection,
      services: [],
      snapshot: () => this.api.analytics(period).then((state) => ({ state, asOf: state.asOf })),
      reduce: (state) => state,
      refresh$: this.moved$,
    });
  }

  /** Every number of a period, or over all time; none for a period that is open on one side. */
  values({ from, to }: Period): Observable<NumberValues> {
    if (from === null && to === null) return this.stats.state$;
    if (from === null || to === null) return of({});
    return this.analytics({ from, to }).state$.pipe(
      map(({ numbers }) => Object.fromEntries(numbers.map(({ definition, value }) => [definition.name, value]))),
    );
  }

  /** The rows behind a number, as many as it says. */
  rows(number: NumberName, period: Period): NumberRowsList {
    return new NumberRowsList(this.connection, this.api, { number, period }, this.moved$);
  }
}

/** The rows behind one number; longer as one scrolls, read again when the number has moved. */
export class NumberRowsList {
  readonly state$: Observable<NumberRowsState>;
  readonly status$: LiveStore<NumberRowsState, 'activity'>['status$'];
  private readonly store: LiveStore<NumberRowsState, 'activity'>;
  private loading: Promise<unknown> | null = null;
  private shown = 0;

  constructor(
    source: Live['connection'],
    private readonly api: DashboardApi,
    private readonly wanted: { number: NumberName; period: Period },
    refresh$: Observable<unknown>,
  ) {
    this.store = new LiveStore({
      source,
      services: [],
      snapshot: () => this.read(),
      reduce: (state) => state,
      refresh$,
    });
    this.state$ = this.store.state$.pipe(
      map((state) => {
        this.shown = state.items.length;
        return state;
      }),
    );
    this.status$ = this.store.status$;
  }

  /** Loads the next page; once at a time. Rejects with the problem. */
  more(cursor: string): Promise<unknown> {
    const { number, period } = this.wanted;
    const page$ = this.store.command(
      `page ${cursor}`,
      (state) => state,
      () => this.api.rows(number, period, { cursor, limit: PAGE }),
      { answered: withRows },
    );
    return (this.loading ??= firstValueFrom(page$).finally(() => (this.loading = null)));
  }

  refresh(): void {
    this.store.refresh();
  }

  private async read(): Promise<{ state: NumberRowsState; asOf: number }> {
    const { number, period } = this.wanted;
    const first = await this.api.rows(number, period, { limit: PAGE });
    let state = withRows({ number, period, items: [], nextCursor: null, count: 0 }, first);
    const wanted = Math.min(this.shown, MOST_READ_AGAIN);
    while (state.nextCursor !== null && state.items.length < wanted) {
      state = withRows(state, await this.api.rows(number, period, { cursor: state.nextCursor, limit: PAGE }));
    }
    return { state, asOf: first.asOf };
  }
}
