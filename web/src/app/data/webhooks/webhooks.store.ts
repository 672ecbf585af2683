import { Injectable, inject } from '@angular/core';
import type { Delivery, Reception, Webhook, WebhookFigures, WebhookReceiver } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import {
  asyncScheduler,
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
  throttleTime,
  timer,
} from 'rxjs';
import { Live } from '../../core/live';
import { type DeliveryFilter, WebhooksApi } from './webhooks.api';
import { type Listed, NOTHING_LISTED, reduceWebhooks, withFirstPage, withNextPage } from './webhooks.rules';

const PAGE = 50;
/** What is on screen is read again at most this often, in milliseconds. */
const READ_EVERY = 700;
/** And after so long though nothing was heard: what waits becomes due, and a socket may be away. */
const READ_ANYWAY = 20_000;

type Step<T> = (state: Listed<T>) => Listed<T>;

/** The endpoints, how they do, what was delivered to them and what came to receivers. */
@Injectable({ providedIn: 'root' })
export class WebhooksStore {
  private readonly api = inject(WebhooksApi);
  private readonly connection = inject(Live).connection;
  private readonly asked = new Subject<void>();
  private readonly store = new LiveStore<readonly Webhook[], 'activity'>({
    source: this.connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceWebhooks,
  });

  /** The newest first. */
  readonly webhooks$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
    this.asked.next();
  }

  /** Reads again what is on screen of deliveries and receivers: something was done here. */
  again(): void {
    this.asked.next();
  }

  /** How each endpoint did in the last day, by its id. */
  readonly figures$: Observable<ReadonlyMap<string, WebhookFigures>> = defer(() => this.moved(() => true)).pipe(
    // Figures that could not be read stay as they are; the list beside them says what is wrong.
    switchMap(() => from(this.api.allFigures()).pipe(catchError(() => of(null)))),
    filter((figures) => figures !== null),
    map((figures) => new Map(figures.map((each) => [each.webhookId, each]))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );

  /** How one endpoint did in the last hours. */
  figures(id: string, hours: number): Observable<Listed<WebhookFigures>> {
    return this.readings(
      this.moved(({ webhookIds }) => webhookIds.includes(id)),
      () => this.api.figures(id, hours).then((figures) => [figures]),
    );
  }

  /** Deliveries of one endpoint, followed live; `more` loads older ones. */
  deliveries(id: string, wanted: DeliveryFilter): DeliveryList {
    return new DeliveryList(
      this.api,
      { id, wanted },
      this.moved(({ webhookIds }) => webhookIds.includes(id)),
    );
  }

  /** The receivers. */
  readonly receivers$: Observable<Listed<WebhookReceiver>> = defer(() =>
    this.readings(
      this.moved(({ receiverIds }) => receiverIds.length > 0),
      () => this.api.receivers(),
    ),
  ).pipe(shareReplay({ bufferSize: 1, refCount: true }));

  /** What came to one receiver. */
  receptions(id: string): Observable<Listed<Reception>> {
    return this.readings(
      this.moved(({ receiverIds }) => receiverIds.includes(id)),
      () => this.api.receptions(id),
    );
  }

  private readings<T>(when: Observable<unknown>, read: () => Promise<readonly T[]>): Observable<Listed<T>> {
    return when.pipe(
      switchMap(() =>
        from(read()).pipe(
          map((items): Step<T> => () => ({ items, cursor: null, cause: null })),
          catchError((cause: unknown) => of<Step<T>>((state) => ({ ...state, cause }))),
        ),
      ),
      scan((state, step) => step(state), NOTHING_LISTED as Listed<T>),
      startWith(NOTHING_LISTED as Listed<T>),
    );
  }

  /** When what is on screen may have changed: now, when the server says so, when something was done here, and in between. */
  private moved(concerns: (news: { webhookIds: string[]; receiverIds: string[] }) => boolean): Observable<unknown> {
    return merge(
      this.connection.state('webhooks_updated').pipe(
        filter(concerns),
        // A socket that may not hear of it leaves reading by time.
        catchError(() => of()),
      ),
      this.connection.joined('webhooks_updated'),
      this.asked,
      timer(0, READ_ANYWAY).pipe(filter((n) => n === 0 || document.visibilityState === 'visible')),
    ).pipe(throttleTime(READ_EVERY, asyncScheduler, { leading: true, trailing: true }));
  }
}

/** One look at the deliveries of an endpoint. */
export class DeliveryList {
  private readonly older = new Subject<string>();
  readonly state$: Observable<Listed<Delivery>>;

  constructor(
    private readonly api: WebhooksApi,
    private readonly of: { id: string; wanted: DeliveryFilter },
    moved$: Observable<unknown>,
  ) {
    const first$ = moved$.pipe(switchMap(() => this.page({}, (page) => (state) => withFirstPage(state, page))));
    const more$ = this.older.pipe(
      exhaustMap((cursor) => this.page({ cursor }, (page) => (state) => withNextPage(state, page))),
    );
    this.state$ = merge(first$, more$).pipe(
      scan((state, step) => step(state), NOTHING_LISTED as Listed<Delivery>),
      startWith(NOTHING_LISTED as Listed<Delivery>),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  more(cursor: string): void {
    this.older.next(cursor);
  }

  private page(
    at: { cursor?: string },
    step: (page: Awaited<ReturnType<WebhooksApi['deliveries']>>) => Step<Delivery>,
  ): Observable<Step<Delivery>> {
    return from(this.api.deliveries(this.of.id, this.of.wanted, { limit: PAGE, ...at })).pipe(
      map(step),
      catchError((cause: unknown) => of<Step<Delivery>>((state) => ({ ...state, cause }))),
    );
  }
}
