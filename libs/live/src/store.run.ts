import type { LogService } from '@threadline/contracts';
import {
  catchError,
  defer,
  EMPTY,
  filter,
  from,
  map,
  merge,
  race,
  retry,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
  throwIfEmpty,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { backOff } from './back-off';
import type { ConnectionStatus } from './connection.status';
import type { LogNews, SnapshotPosition } from './log.news';
import type { PendingChanges } from './pending.changes';
import type { EventOfStore, LiveStoreOptions, Snapshot, StoreStatus } from './store.types';
import { storeStatus } from './store.status';
import { Dropped, isFinal, troubleOf, type Trouble } from './trouble';

/** What a store shows at one moment. */
export interface StoreView<T> {
  /** Null until the first snapshot. */
  shown: { state: T } | null;
  status: StoreStatus;
  pending: ReadonlySet<string>;
}

export interface RunOptions<T, S extends LogService> extends LiveStoreOptions<T, S> {
  scheduler: SchedulerLike;
  random: () => number;
}

/** More events than these are not kept while a snapshot is awaited; the snapshot must then contain them. */
const MOST_KEPT = 10_000;
/** Milliseconds until what was refused for good is asked for again: rights may be other ones by then. */
const REFUSED_PAUSE = 60_000;
/** Milliseconds before a snapshot that is taken because an event could not be reduced. */
const FAULT_PAUSE = 1_000;

/** A store at work, from its first subscriber to its last: snapshot, and everything after its position. */
export class StoreRun<T, S extends LogService> {
  private confirmed: { state: T } | null = null;
  /** The state and the events are of one piece: nothing between them is missing. */
  private whole = false;
  private asOf = 0;
  /** The last event in the state. */
  private reached = 0;
  /** What a snapshot must contain to be of use. */
  private needed = 0;
  /** A snapshot is being put in place: there is nothing to see in between. */
  private standing = false;
  private taking = false;
  private takeAgain = false;
  private readonly failures = { snapshot: 0, log: 0, asides: 0 };
  private kept: EventOfStore<S>[] = [];
  private keptMoments: ((state: T) => T)[] = [];
  private trouble: Trouble | null = null;
  /** Why the log is not heard at the moment. */
  private deaf: Trouble | null = null;
  private connection: ConnectionStatus | null = null;
  private status: StoreStatus | null = null;
  private readonly snapshots$ = new Subject<SnapshotPosition>();
  private readonly take$ = new Subject<number>();
  private readonly live$ = new Subject<void>();
  /** Nothing came, but what is to be seen is different. */
  private readonly changed$ = new Subject<void>();

  constructor(
    private readonly options: RunOptions<T, S>,
    private readonly pending: PendingChanges<T, EventOfStore<S>>,
  ) {}

  /** Runs until unsubscribed. */
  views(): Observable<StoreView<T>> {
    const { source, moments$ = EMPTY, refresh$ = EMPTY } = this.options;
    const asides$ = merge(
      moments$.pipe(tap((change) => this.moment(change))),
      refresh$.pipe(tap(() => this.refresh())),
    );
    return defer(() => {
      const begin$ = defer(() => {
        this.take();
        return EMPTY;
      });
      return merge(
        source.status$.pipe(tap((status) => this.follow(status))),
        this.take$.pipe(switchMap((pause) => this.snapshot(pause))),
        this.news(),
        this.persistent(asides$),
        this.pending.changed$,
        this.changed$,
        begin$,
      ).pipe(
        filter(() => !this.standing),
        map(() => this.view()),
      );
    });
  }

  /** Takes a new snapshot while the state stays and goes on. */
  refresh(): void {
    if (this.taking) this.takeAgain = true;
    else this.take();
  }

  /** A change became part of the state without an event. */
  fold(apply: (state: T) => T): void {
    if (!this.confirmed) return;
    try {
      this.confirmed = { state: apply(this.confirmed.state) };
    } catch (error) {
      this.trouble = troubleOf(error);
      this.take(this.reached, FAULT_PAUSE);
    }
  }

  private follow(status: ConnectionStatus): void {
    const was = this.connection?.kind;
    this.connection = status;
    if (status.kind === 'live' && was !== 'live') this.live$.next();
  }

  private news(): Observable<unknown> {
    const { source, services } = this.options;
    if (services.length === 0) return EMPTY;
    return defer(() => source.log(services, this.snapshots$)).pipe(
      tap((news) => this.hear(news)),
      retry({
        delay: (error: unknown) => {
          this.deaf = troubleOf(error);
          this.whole = false;
          // What happens until it is heard again is in a later snapshot only.
          return this.wait('log', this.deaf).pipe(tap(() => this.take()));
        },
      }),
    );
  }

  /** What brings moments and refreshes is followed again when it fails; in between, things were missed. */
  private persistent(asides$: Observable<unknown>): Observable<unknown> {
    return asides$.pipe(
      tap(() => (this.failures.asides = 0)),
      retry({
        delay: (error: unknown) => {
          this.trouble = troubleOf(error);
          return this.wait('asides', this.trouble).pipe(tap(() => this.refresh()));
        },
      }),
    );
  }

  private hear(news: LogNews<EventOfStore<S>>): void {
    this.deaf = null;
    this.failures.log = 0;
    switch (news.kind) {
      case 'joined':
        this.kept = [];
        if (this.whole && news.seq > this.reached) this.restart(0);
        return;
      case 'events':
        if (this.taking || !this.whole) this.keep(news.events);
        if (this.whole) this.applyAll(news.events);
        return;
      case 'reset':
        return this.restart(0);
    }
  }

  /** Something is missing: a new snapshot, which must contain `needed`. What is shown stays until then. */
  private restart(needed: number, pause = 0): void {
    this.whole = false;
    this.kept = [];
    this.take(needed, pause);
  }

  private take(needed = this.whole ? this.reached : 0, pause = 0): void {
    this.taking = true;
    this.takeAgain = false;
    this.needed = needed;
    this.take$.next(pause);
    // Said here too, because this cuts off the snapshot that it may have been called from.
    this.changed$.next();
  }

  private keep(events: readonly EventOfStore<S>[]): void {
    this.kept.push(...events);
    if (this.kept.length <= MOST_KEPT) return;
    this.needed = this.kept.at(-1)?.seq ?? this.needed;
    this.kept = [];
  }

  private snapshot(pause: number): Observable<unknown> {
    const { snapshot, scheduler } = this.options;
    const snapshot$ = defer(() => from(snapshot())).pipe(
      take(1),
      throwIfEmpty(() => new Error('The snapshot came to nothing')),
      tap((taken) => {
        if (taken.asOf < this.needed) throw new Dropped('The snapshot is older than what is shown');
        this.stand(taken);
      }),
      retry({
        delay: (error: unknown) => {
          this.trouble = troubleOf(error);
          return isFinal(this.trouble) ? throwError(() => error) : this.wait('snapshot', this.trouble);
        },
      }),
      catchError(() => {
        // `trouble` says why; the next try is the reader's, or the next reset's.
        this.taking = false;
        this.changed$.next();
        return EMPTY;
      }),
    );
    return pause > 0 ? timer(pause, scheduler).pipe(switchMap(() => snapshot$)) : snapshot$;
  }

  private stand(snapshot: Snapshot<T>): void {
    const { state, asOf } = snapshot;
    this.confirmed = { state };
    this.asOf = asOf;
    this.reached = asOf;
    this.failures.snapshot = 0;
    this.trouble = null;
    // May answer at once with `joined`, when what was kept does not reach back to the snapshot.
    this.whole = false;
    this.standing = true;
    this.snapshots$.next(snapshot);
    this.standing = false;
    this.whole = true;
    this.taking = false;
    const { kept, keptMoments } = this;
    this.kept = [];
    this.keptMoments = [];
    this.pending.confirmIn(state);
    this.applyAll(kept);
    for (const change of keptMoments) this.fold(change);
    if (this.takeAgain) this.take();
  }

  private applyAll(events: readonly EventOfStore<S>[]): void {
    for (const [index, event] of events.entries()) {
      if (event.seq <= this.asOf || !this.confirmed) continue;
      try {
        this.confirmed = { state: this.options.reduce(this.confirmed.state, event) };
      } catch (error) {
        this.trouble = troubleOf(error);
        this.restart(event.seq, FAULT_PAUSE);
        return this.keep(events.slice(index + 1));
      }
      this.reached = Math.max(this.reached, event.seq);
      this.pending.confirmBy(event);
    }
  }

  private moment(change: (state: T) => T): void {
    if (this.taking && this.keptMoments.push(change) > MOST_KEPT) {
      this.keptMoments = [];
      this.takeAgain = true;
    }
    this.fold(change);
  }

  private wait(what: 'snapshot' | 'log' | 'asides', trouble: Trouble): Observable<unknown> {
    const { random, scheduler } = this.options;
    if (isFinal(trouble)) {
      this.changed$.next();
      return timer(REFUSED_PAUSE, scheduler);
    }
    this.failures[what] += 1;
    this.changed$.next();
    return race(timer(backOff(this.failures[what], random), scheduler), this.live$).pipe(take(1));
  }

  private view(): StoreView<T> {
    this.status = storeStatus({
      was: this.status,
      now: new Date(this.options.scheduler.now()),
      loaded: this.confirmed !== null,
      whole: this.whole && !this.deaf,
      followsLog: this.options.services.length > 0,
      connection: this.connection,
      trouble: this.deaf ?? this.trouble,
    });
    return {
      shown: this.confirmed && { state: this.pending.over(this.confirmed.state) },
      status: this.status,
      pending: this.pending.ids,
    };
  }
}
