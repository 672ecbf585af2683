import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { type Delivery, DELIVERY_STATUSES, WEBHOOK_EVENT_TYPES } from '@threadline/contracts';
import { RotateCcw, Send } from 'lucide';
import { combineLatest, distinctUntilChanged, from, map, of, startWith, switchMap, catchError } from 'rxjs';
import { explain } from '../../../core/api';
import { useListShortcuts } from '../../../core/keys';
import { CanDirective, Rights } from '../../../core/session';
import { type DeliveryFilter, WebhooksApi, WebhooksStore } from '../../../data/webhooks';
import { FilterChipComponent } from '../../../shared/filter';
import { TimeComponent } from '../../../shared/format';
import { EmptyStateComponent, ErrorStateComponent } from '../../../shared/page';
import { CellDirective, RowCardDirective, type TableColumn, TableComponent } from '../../../shared/table';
import { BadgeComponent, ButtonDirective, IconComponent } from '../../../shared/ui';
import { WebhookActs } from '../webhook-acts.service';
import { DELIVERY_FILTERS, outcomeOf, statusOf, took } from '../webhook-words';
import { DeliveryComponent } from './delivery.component';

const COLUMNS: readonly TableColumn<Delivery>[] = [
  { id: 'status', label: 'Status', width: 112 },
  { id: 'type', label: 'Event', width: 180, grow: 2, text: ({ eventType }) => eventType },
  { id: 'answer', label: 'Last answer', width: 120, grow: 1 },
  { id: 'tries', label: 'Attempts', width: 76, align: 'end', text: ({ attempts }) => String(attempts.length) },
  { id: 'next', label: 'Next try', width: 96 },
  { id: 'at', label: 'Begun', width: 96 },
];

/** What was delivered to one endpoint, live, and one delivery beside it. */
@Component({
  selector: 'tl-deliveries-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CanDirective,
    CellDirective,
    DeliveryComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    FilterChipComponent,
    IconComponent,
    RowCardDirective,
    TableComponent,
    TimeComponent,
  ],
  templateUrl: './deliveries.page.html',
  styleUrl: './deliveries.page.scss',
})
export class DeliveriesPage {
  readonly id = input.required<string>();
  readonly status = input<string>();
  readonly type = input<string>();
  /** The delivery that is open. */
  readonly delivery = input<string>();

  private readonly router = inject(Router);
  private readonly api = inject(WebhooksApi);
  private readonly store = inject(WebhooksStore);
  private readonly acts = inject(WebhookActs);
  private readonly rights = inject(Rights);

  protected readonly columns = COLUMNS;
  protected readonly statuses = DELIVERY_FILTERS;
  protected readonly types = WEBHOOK_EVENT_TYPES.map((value) => ({ value, label: value }));
  protected readonly icons = { replay: RotateCcw, send: Send };
  protected readonly active = signal<string | null>(null);
  protected readonly statusOf = statusOf;
  protected readonly idOf = ({ id }: Delivery): string => id;
  protected readonly nameOf = (each: Delivery): string => `${each.eventType}, ${statusOf(each).label}`;

  private readonly wanted = computed<DeliveryFilter>(
    () => {
      const status = DELIVERY_STATUSES.find((each) => each === this.status());
      const eventType = WEBHOOK_EVENT_TYPES.find((each) => each === this.type());
      return { ...(status ? { status } : {}), ...(eventType ? { eventType } : {}) };
    },
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );
  protected readonly filtered = computed(() => Object.keys(this.wanted()).length > 0);
  protected readonly list = computed(() => this.store.deliveries(this.id(), this.wanted()));
  private readonly state = toSignal(toObservable(this.list).pipe(switchMap((list) => list.state$)));
  protected readonly rows = computed(() => this.state()?.items ?? []);
  protected readonly loading = computed(() => !this.state()?.items && !this.state()?.cause);
  protected readonly error = computed(() => {
    const cause = this.state()?.items ? null : this.state()?.cause;
    return cause ? explain(cause, 'load the deliveries') : null;
  });

  /** Read again whenever the list says that it has moved. */
  private readonly opened = toSignal(
    combineLatest([
      toObservable(this.delivery),
      toObservable(computed(() => JSON.stringify(this.rows().find(({ id }) => id === this.delivery()) ?? null))),
    ]).pipe(
      map(([id]) => id),
      distinctUntilChanged((one, other) => one === undefined && other === undefined),
      switchMap((id) =>
        id
          ? from(this.api.delivery(id)).pipe(
              map((detail) => ({ detail, cause: null as unknown })),
              catchError((cause: unknown) => of({ detail: null, cause })),
            )
          : of(null),
      ),
      startWith(null),
    ),
  );
  protected readonly open = computed(() => {
    const detail = this.opened()?.detail ?? null;
    return detail && detail.id === this.delivery() ? detail : null;
  });
  protected readonly openError = computed(() => {
    const cause = this.delivery() ? this.opened()?.cause : null;
    return cause ? explain(cause, 'load the delivery') : null;
  });
  protected readonly mayWrite = computed(() => this.rights.can('webhooks:write'));
  private readonly webhooks = toSignal(this.store.webhooks$);
  private readonly table = viewChild<TableComponent<Delivery>>(TableComponent);

  constructor() {
    useListShortcuts(() => this.table(), 'delivery');
  }

  protected last(delivery: Delivery): string {
    const attempt = delivery.attempts.at(-1);
    return attempt ? `${outcomeOf(attempt)} in ${took(attempt.durationMs)}` : '';
  }

  protected ask(queryParams: Record<string, string | null>): void {
    void this.router.navigate(['/developers/webhooks', this.id()], { queryParams, queryParamsHandling: 'merge' });
  }

  protected chip(name: string, value: readonly string[]): void {
    this.ask({ [name]: value[0] ?? null });
  }

  protected more(): void {
    const cursor = this.state()?.cursor;
    if (cursor) this.list().more(cursor);
  }

  protected redeliver(delivery: Delivery): void {
    void this.acts.redeliver(delivery);
  }

  protected async replay(): Promise<void> {
    const webhook = this.webhooks()?.find(({ id }) => id === this.id());
    if (webhook) await this.acts.replay(webhook, this.rows()[0]?.eventSeq ?? 0);
  }

  protected sendTest(): void {
    const webhook = this.webhooks()?.find(({ id }) => id === this.id());
    if (webhook) void this.acts.test(webhook);
  }
}
