import type { AuditEntry, Page } from '@threadline/contracts';
import {
  BehaviorSubject,
  catchError,
  defer,
  exhaustMap,
  filter,
  from,
  map,
  merge,
  type Observable,
  of,
  scan,
  shareReplay,
  skip,
  startWith,
  Subject,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import type { AuditApi, AuditFilter } from './audit.api';

export const AUDIT_PAGE = 100;
/** How often the log is asked for what is new, in seconds. */
export const TAIL_SECONDS = 3;

/** What of the log is on screen. */
export interface AuditState {
  /** The newest first; null while the first page is on its way. */
  entries: readonly AuditEntry[] | null;
  /** What came while the list stood still, the newest first. */
  held: readonly AuditEntry[];
  /** More has come than was fetched: what is on screen does not reach up to the newest. */
  gap: boolean;
  /** Where the next page begins; null at the end. */
  cursor: string | null;
  /** Why the last reading did not work. */
  cause: unknown;
  /** The newest number that was heard of. */
  newest: number;
}

export const NOTHING_YET: AuditState = { entries: null, held: [], gap: false, cursor: null, cause: null, newest: 0 };

/** Pure: the state with a first page. */
export function withFirst(page: Page<AuditEntry>): AuditState {
  return { ...NOTHING_YET, entries: page.items, cursor: page.nextCursor, newest: page.items[0]?.seq ?? 0 };
}

/** Pure: with older entries below. */
export function withOlder(state: AuditState, page: Page<AuditEntry>): AuditState {
  return { ...state, entries: [...(state.entries ?? []), ...page.items], cursor: page.nextCursor, cause: null };
}

/** Pure: with newer entries waiting above; what is there already is not taken twice. */
export function withNewer(state: AuditState, page: Page<AuditEntry>): AuditState {
  const fresh = page.items.filter(({ seq }) => seq > state.newest);
  const gap = state.gap || page.nextCursor !== null;
  return { ...state, held: [...fresh, ...state.held], gap, cause: null, newest: fresh[0]?.seq ?? state.newest };
}

/** Pure: with what waited on top. */
export function released(state: AuditState): AuditState {
  return state.held.length === 0 ? state : { ...state, entries: [...state.held, ...(state.entries ?? [])], held: [] };
}

type Step = (state: AuditState) => AuditState;

/** One look at the log: a filter, the pages that were scrolled to, and what is new. */
export class AuditTrail {
  private readonly again = new Subject<void>();
  private readonly older = new Subject<string>();
  private state = NOTHING_YET;
  /** False while somebody reads and wants the list to stand still: what comes is counted. */
  readonly following = new BehaviorSubject(true);
  readonly state$: Observable<AuditState> = defer(() =>
    merge(this.first(), this.further(), this.tail(), this.onwards()),
  ).pipe(
    scan((state, step) => step(state), NOTHING_YET),
    tap((state) => (this.state = state)),
    startWith(NOTHING_YET),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  constructor(
    private readonly api: AuditApi,
    private readonly wanted: AuditFilter,
  ) {}

  refresh(): void {
    this.again.next();
  }

  more(cursor: string): void {
    this.older.next(cursor);
  }

  private first(): Observable<Step> {
    return this.again.pipe(
      startWith(undefined),
      switchMap(() => this.page({}, (page) => () => withFirst(page))),
    );
  }

  private further(): Observable<Step> {
    return this.older.pipe(exhaustMap((cursor) => this.page({ cursor }, (page) => (state) => withOlder(state, page))));
  }

  private tail(): Observable<Step> {
    return timer(TAIL_SECONDS * 1_000, TAIL_SECONDS * 1_000).pipe(
      filter(() => this.state.entries !== null && !this.state.gap && document.visibilityState === 'visible'),
      exhaustMap(() => this.page({ after: this.state.newest }, (page) => (state) => this.arrived(state, page))),
    );
  }

  private arrived(state: AuditState, page: Page<AuditEntry>): AuditState {
    const now = withNewer(state, page);
    if (!this.following.value) return now;
    // More than a page at once: what lies between is not there, so the list begins anew.
    if (now.gap) queueMicrotask(() => this.refresh());
    return released(now);
  }

  /** Following again: what waited comes, or all of it anew where too much has come. */
  private onwards(): Observable<Step> {
    return this.following.pipe(
      skip(1),
      filter((following) => following),
      tap(() => {
        if (this.state.gap) queueMicrotask(() => this.refresh());
      }),
      map(() => released),
    );
  }

  private page(at: { cursor?: string; after?: number }, step: (page: Page<AuditEntry>) => Step): Observable<Step> {
    return from(this.api.list(this.wanted, { limit: AUDIT_PAGE, ...at })).pipe(
      map(step),
      catchError((cause: unknown) => of((state: AuditState) => ({ ...state, cause }))),
    );
  }
}
