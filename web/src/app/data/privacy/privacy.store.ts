import { Injectable, inject } from '@angular/core';
import type { Lead, PrivacyKind, PrivacyRequest } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { EMPTY, map, merge, type Observable, switchMap, tap, timer } from 'rxjs';
import { Live } from '../../core/live';
import { PrivacyApi } from './privacy.api';
import { isBusy, type PrivacyState, reducePrivacy } from './privacy.rules';

/** How often it is asked how far a request has come, while one is worked on, in ms. */
const LOOK_MS = 1_500;

/** Data subjects' requests, the newest first. */
@Injectable({ providedIn: 'root' })
export class PrivacyStore {
  private readonly api = inject(PrivacyApi);
  private readonly store = new LiveStore<PrivacyState, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: { requests: items, behind: false }, asOf })),
    reduce: reducePrivacy,
  });

  readonly requests$: Observable<readonly PrivacyRequest[]> = merge(this.store.state$, this.looks()).pipe(
    map(({ requests }) => requests),
  );
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** The list shows it with the event that it was made. */
  make(kind: PrivacyKind, leadId: string): Promise<PrivacyRequest> {
    return this.api.make(kind, leadId);
  }

  /** Whom a request will be about. */
  lead(id: string): Promise<Lead> {
    return this.api.lead(id);
  }

  receipt(id: string): Promise<Blob> {
    return this.api.receipt(id);
  }

  file(id: string, format: 'json' | 'html'): Promise<Blob> {
    return this.api.file(id, format);
  }

  /** Never says anything: it asks anew when an event said that there is more to know, and while something is done. */
  private looks(): Observable<never> {
    return this.store.state$.pipe(
      switchMap((state) => (state.behind ? timer(0) : isBusy(state) ? timer(LOOK_MS) : EMPTY)),
      tap(() => this.store.refresh()),
      switchMap(() => EMPTY),
    );
  }
}
