import {
  BehaviorSubject,
  ignoreElements,
  map,
  of,
  Subject,
  switchMap,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { ConnectionStatus } from './connection.status';
import type { Trouble } from './trouble';

/** What the link to the server just did. */
type Turn =
  | { kind: 'catching up'; missing: number }
  | { kind: 'live'; through: 'socket' | 'polling' }
  | { kind: 'lost'; trouble: Trouble | null };

/** Keeps the connection's status: what is shown as Live, Catching up or Stale. */
export class Freshness {
  readonly status$: BehaviorSubject<ConnectionStatus>;
  private readonly turns = new Subject<Turn>();
  /** When it was last known to be up to date; before that, when it began. */
  private freshAt: number;
  private lostAt: number | null = null;
  /** Nothing is known to be missing. */
  private fresh = false;

  /** @param staleAfter milliseconds a drop may last before the status says so */
  constructor(
    private readonly scheduler: SchedulerLike,
    private readonly staleAfter: number,
  ) {
    this.freshAt = scheduler.now();
    this.status$ = new BehaviorSubject<ConnectionStatus>({ kind: 'connecting', since: this.now() });
  }

  /** Follows the turns; runs as long as the connection is wanted. */
  run(): Observable<never> {
    return this.turns.pipe(
      switchMap((turn) =>
        turn.kind === 'lost' ? timer(this.holdBack(), this.scheduler).pipe(map(() => turn)) : of(turn),
      ),
      tap((turn) => this.show(turn)),
      ignoreElements(),
    );
  }

  connecting(): void {
    this.status$.next({ kind: 'connecting', since: this.now() });
  }

  /** What was asked for is being sent; `missing` events are still to come. */
  catchingUp(missing: number): void {
    if (missing === 0) return;
    this.fresh = false;
    this.turns.next({ kind: 'catching up', missing });
  }

  /** Everything up to now is here. */
  live(through: 'socket' | 'polling'): void {
    this.lostAt = null;
    if (!this.fresh) this.freshAt = this.scheduler.now();
    this.fresh = true;
    this.turns.next({ kind: 'live', through });
  }

  get isCatchingUp(): boolean {
    return this.status$.value.kind === 'catching up';
  }

  /** The server was heard; what was up to date still is. */
  touched(): void {
    if (this.fresh) this.freshAt = this.scheduler.now();
  }

  lost(trouble: Trouble | null): void {
    this.lostAt ??= this.scheduler.now();
    this.fresh = false;
    this.turns.next({ kind: 'lost', trouble });
  }

  /** Lost, and it would be untrue to say otherwise for even a moment longer. */
  lifeless(trouble: Trouble): void {
    this.lost(trouble);
    this.show({ kind: 'lost', trouble });
  }

  /** Nothing more will come; no need to wait with saying so. */
  ended(trouble: Trouble | null): void {
    this.show({ kind: 'lost', trouble });
  }

  private holdBack(): number {
    const elapsed = this.lostAt === null ? 0 : this.scheduler.now() - this.lostAt;
    return Math.max(0, this.staleAfter - elapsed);
  }

  private show(turn: Turn): void {
    const was = this.status$.value;
    switch (turn.kind) {
      case 'live':
        if (was.kind === 'live' && was.through === turn.through) return;
        return this.status$.next({ ...turn, since: this.now() });
      case 'catching up': {
        if (was.kind === 'catching up' && was.missing === turn.missing) return;
        return this.status$.next({ ...turn, since: was.kind === 'catching up' ? was.since : this.now() });
      }
      case 'lost': {
        const { trouble } = turn;
        if (was.kind === 'stale' && was.trouble?.code === trouble?.code && was.trouble?.detail === trouble?.detail)
          return;
        return this.status$.next({ kind: 'stale', since: new Date(this.freshAt), trouble });
      }
    }
  }

  private now(): Date {
    return new Date(this.scheduler.now());
  }
}
