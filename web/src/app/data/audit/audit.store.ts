import { Injectable, inject } from '@angular/core';
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
  startWith,
  Subject,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import { AuditApi, type AuditFilter } from './audit.api';

export const AUDIT_PAGE = 100;
/** How often the log is asked for what is new, in milliseconds. */
const TAIL_MS = 3_000;

/** What of the log is on screen. */
export interface AuditState {
  /** The newest first; null while the first page is on its way. */
  entries: readonly AuditEntry[] | null;
  /** Where the next page begins; null at the end. */
  cursor: string | null;
  /** Why the last reading did not work. */
  cause: unknown;
  /** The newest number on screen. */
  newest: number;
}

export const NOTHING_YET: AuditState = { entries: null, cursor: null, cause: null, newest: 0 };

/** Pure: the state with a first page. */
export function withFirst(page: Page<AuditEntry>): AuditState {
  return { entries: page.items, cursor: page.nextCursor, cause: null, newest: page.items[0]?.seq ?? 0 };
}

/** Pure: with older entries below. */
export function withOlder(state: AuditState, page: Page<AuditEntry>): AuditState {
  return { ...state, entries: [...(state.entries ?? []), ...page.items], cursor: page.nextCursor, cause: null };
}

/** Pure: with newer entries on top; what is there already is not shown twice. */
export function withNewer(state: AuditState, page: Page<AuditEntry>): AuditState {
  const fresh = page.items.filter(({ seq }) => seq > state.newest);
  const newest = fresh[0]?.seq ?? state.newest;
  return { ...state, entries: [...fresh, ...(state.entries ?? [])], cause: null, newest };
}

type Step = (state: AuditState) => AuditState;

/** One look at the log: a filter, the pages that were scrolled to, and what is new. */
export class AuditTrail {
  private readonly again = new Subject<void>();
  private readonly older = new Subject<string>();
  private newest = 0;
  /** False while somebody reads and wants the list to stand still. */
  readonly following = new BehaviorSubject(true);
  readonly state$: Observable<AuditState> = defer(() => merge(this.first(), this.further(), this.tail())).pipe(
    scan((state, step) => step(state), NOTHING_YET),
    tap(({ newest }) => (this.newest = newest)),
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
    return timer(TAIL_MS, TAIL_MS).pipe(
      filter(() => this.following.value && this.newest > 0 && document.visibilityState === 'visible'),
      exhaustMap(() => this.page({ after: this.newest }, (page) => (state) => withNewer(state, page))),
    );
  }

  private page(at: { cursor?: string; after?: number }, step: (page: Page<AuditEntry>) => Step): Observable<Step> {
    return from(this.api.list(this.wanted, { limit: AUDIT_PAGE, ...at })).pipe(
      map(step),
      catchError((cause: unknown) => of((state: AuditState) => ({ ...state, cause }))),
    );
  }
}

/** The audit log, by what is looked for. */
@Injectable({ providedIn: 'root' })
export class AuditStore {
  private readonly api = inject(AuditApi);

  of(wanted: AuditFilter): AuditTrail {
    return new AuditTrail(this.api, wanted);
  }
}
