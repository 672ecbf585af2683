import { Injectable, inject } from '@angular/core';
import type { ProviderConnection, ProviderEvent, ProviderEventState } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { catchError, debounceTime, filter, from, map, type Observable, of, share, startWith, switchMap } from 'rxjs';
import { Live } from '../../core/live';
import { type ConnectionChange, type NewConnection, ProviderConnectionsApi } from './provider-connections.api';

/** The newest events of a connection; `items` null while they are read for the first time. */
export interface HeardEvents {
  items: readonly ProviderEvent[] | null;
  more: boolean;
  trouble: unknown;
}

/** A burst of events is read once. */
const CALM_MS = 250;

/** The accounts of providers that may call us, and what they told, as it comes in. */
@Injectable({ providedIn: 'root' })
export class ProviderConnectionsStore {
  private readonly api = inject(ProviderConnectionsApi);
  private readonly connection = inject(Live).connection;
  /** Something was said about connections: events name them, and what they are now is read again. */
  private readonly moved$ = this.connection.log(['activity']).pipe(
    filter((news) => news.kind !== 'events' || news.events.some(({ type }) => type.startsWith('provider_connection.'))),
    debounceTime(CALM_MS),
    share(),
  );
  private readonly store = new LiveStore<readonly ProviderConnection[], 'activity'>({
    source: this.connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: (connections, event) =>
      event.type === 'provider_connection.deleted'
        ? connections.filter(({ id }) => id !== event.data.connectionId)
        : connections,
    refresh$: this.moved$,
  });

  readonly connections$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** What a connection's provider told last, and again whenever it tells more. */
  events(id: string, state: ProviderEventState | null): Observable<HeardEvents> {
    const reading = (): Observable<HeardEvents> =>
      from(this.api.events(id, state)).pipe(
        map(({ items, nextCursor }) => ({ items, more: nextCursor !== null, trouble: null })),
        catchError((trouble: unknown) => of({ items: null, more: false, trouble })),
      );
    return this.moved$.pipe(
      startWith(null),
      switchMap(reading),
      startWith({ items: null, more: false, trouble: null }),
    );
  }

  create(wanted: NewConnection): Promise<ProviderConnection> {
    return this.api.create(wanted);
  }

  change(id: string, change: ConnectionChange): Promise<ProviderConnection> {
    return this.api.change(id, change);
  }

  delete(id: string): Promise<void> {
    return this.api.delete(id);
  }
}
