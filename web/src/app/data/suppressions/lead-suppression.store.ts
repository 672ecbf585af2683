import { Injectable, inject } from '@angular/core';
import type { Suppression } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { BehaviorSubject, distinctUntilChanged, filter, type Observable, of, startWith, switchMap } from 'rxjs';
import { Live } from '../../core/live';
import { SuppressionsApi } from './suppressions.api';

/** Whether anything may be sent to the lead on a screen, as it is now. */
@Injectable()
export class LeadSuppressionScreen {
  private readonly api = inject(SuppressionsApi);
  private readonly connection = inject(Live).connection;
  private readonly id = new BehaviorSubject<string | null>(null);

  readonly suppression$: Observable<Suppression | null> = this.id.pipe(
    distinctUntilChanged(),
    // Until the answer is there, nothing is said of another lead's address.
    switchMap((id) => (id === null ? of(null) : this.of(id).pipe(startWith(null)))),
  );

  show(leadId: string | null): void {
    this.id.next(leadId);
  }

  async lift(leadId: string, reason: string): Promise<void> {
    await this.api.lift(leadId, reason);
  }

  private of(id: string): Observable<Suppression | null> {
    // Another address of the lead may be suppressed or not; only the server knows.
    const moved$ = this.connection
      .log(['leads'])
      .pipe(filter((news) => news.kind !== 'events' || news.events.some((event) => event.subject.id === id)));
    return new LiveStore<Suppression | null, 'leads'>({
      source: this.connection,
      services: ['leads'],
      snapshot: () => this.api.of(id).then(({ suppression, asOf }) => ({ state: suppression, asOf })),
      reduce: (state, event) => (event.type === 'lead.suppression_lifted' && event.data.leadId === id ? null : state),
      refresh$: moved$,
    }).state$;
  }
}
