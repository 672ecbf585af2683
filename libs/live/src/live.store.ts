import type { LogService } from '@threadline/contracts';
import {
  asyncScheduler,
  defer,
  distinctUntilChanged,
  filter,
  finalize,
  from,
  map,
  Observable,
  ReplaySubject,
  share,
  Subject,
  tap,
  timer,
  type ObservableInput,
} from 'rxjs';
import { PendingChanges } from './pending.changes';
import { sameStatus } from './store.status';
import { StoreRun, type RunOptions, type StoreView } from './store.run';
import type { EventOfStore, LiveStoreOptions, PendingOptions, Refused, StoreStatus } from './store.types';
import { troubleOf } from './trouble';

const LINGER = 5_000;

/**
 * A state that follows the log: a snapshot, and every event after its position, in order, each once. First load,
 * live and reconnect are the same code. Own changes show at once and are confirmed by the event with the same id, by
 * the answer, or taken back on refusal.
 *
 * Works while somebody is subscribed to `state$`, `status$` or `pending$`, and a little longer; late subscribers get
 * the latest at once.
 */
export class LiveStore<T, S extends LogService> {
  /** The state with own pending changes in it; nothing until the first snapshot. Never errors. */
  readonly state$: Observable<T>;
  /** How fresh it is, and what went wrong. */
  readonly status$: Observable<StoreStatus>;
  /** The ids of own changes that wait to be confirmed. */
  readonly pending$: Observable<ReadonlySet<string>>;
  /** Own changes that were taken back, as it happens. */
  readonly refusals$: Observable<Refused>;

  private readonly refusals = new Subject<Refused>();
  private readonly changes = new PendingChanges<T, EventOfStore<S>>((id, error) => this.tellRefused(id, error));
  private run: StoreRun<T, S> | null = null;

  constructor(options: LiveStoreOptions<T, S>) {
    const settled: RunOptions<T, S> = {
      ...options,
      scheduler: options.scheduler ?? asyncScheduler,
      random: options.random ?? Math.random,
    };
    const views$ = this.views(settled, options.linger ?? LINGER);
    this.state$ = views$.pipe(
      map((view) => view.shown),
      filter((shown) => shown !== null),
      map((shown) => shown.state),
      distinctUntilChanged(),
    );
    this.status$ = views$.pipe(
      map((view) => view.status),
      distinctUntilChanged(sameStatus),
    );
    this.pending$ = views$.pipe(
      map((view) => view.pending),
      distinctUntilChanged((a, b) => a.size === b.size && [...a].every((id) => b.has(id))),
    );
    this.refusals$ = this.refusals.asObservable();
  }

  /**
   * Shows an own change before the server has confirmed it.
   * @param id the id of the thing that is made or changed (made by the client), or any other with `confirmedBy`
   * @param apply pure; must bear being applied again and again, to newer states
   */
  pending(id: string, apply: (state: T) => T, options: PendingOptions<T, EventOfStore<S>> = {}): void {
    this.changes.add(id, apply, options);
  }

  /** The server has accepted a pending change. Does nothing when its event was faster. */
  confirm(id: string, answered?: (state: T) => T): void {
    const change = this.changes.take(id);
    if (!change) return;
    this.run?.fold(answered ?? change.apply);
    this.changes.announce();
  }

  /** Takes a pending change back, and says why in `refusals$`. */
  refuse(id: string, error: unknown): void {
    if (this.changes.take(id)) this.changes.announce();
    this.tellRefused(id, error);
  }

  /**
   * Shows a change, sends it, and confirms it or takes it back. Cold: nothing happens before it is subscribed to,
   * and each subscription sends again. Errors with what `send` errors with. Left before the answer, it takes the
   * change back and reads the state anew.
   */
  command<R>(
    id: string,
    apply: (state: T) => T,
    send: () => ObservableInput<R>,
    options: PendingOptions<T, EventOfStore<S>> & { answered?: (state: T, answer: R) => T } = {},
  ): Observable<R> {
    return defer(() => {
      let open = true;
      this.pending(id, apply, options);
      const { answered } = options;
      return defer(() => from(send())).pipe(
        tap({
          next: (answer) => {
            open = false;
            this.confirm(id, answered && ((state) => answered(state, answer)));
          },
          error: (error: unknown) => {
            open = false;
            this.refuse(id, error);
          },
          complete: () => {
            if (open) this.confirm(id);
            open = false;
          },
        }),
        finalize(() => {
          if (!open || !this.changes.take(id)) return;
          this.changes.announce();
          this.refresh();
        }),
      );
    });
  }

  /** Takes a new snapshot; what is shown stays until it is there. */
  refresh(): void {
    this.run?.refresh();
  }

  private tellRefused(id: string, error: unknown): void {
    this.refusals.next({ id, trouble: troubleOf(error) });
  }

  private views(options: RunOptions<T, S>, linger: number): Observable<StoreView<T>> {
    return new Observable<StoreView<T>>((subscriber) => {
      const run = new StoreRun(options, this.changes);
      this.run = run;
      subscriber.add(() => (this.run = null));
      subscriber.add(run.views().subscribe(subscriber));
    }).pipe(
      share({
        connector: () => new ReplaySubject(1),
        resetOnRefCountZero: () => timer(linger, options.scheduler),
      }),
    );
  }
}
