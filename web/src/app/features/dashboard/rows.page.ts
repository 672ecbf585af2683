import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { type NumberName, type NumberRow, NUMBERS } from '@threadline/contracts';
import { ArrowLeft, Rows3 } from 'lucide';
import { combineLatest, of, startWith, switchMap } from 'rxjs';
import { explain } from '../../core/api';
import { useListShortcuts } from '../../core/keys';
import { DashboardStore, NumberMeanings, partsOf, type Period, rowId, shareOf } from '../../data/dashboard';
import { figureText, LOCALE, TimeComponent } from '../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, PageHeadComponent } from '../../shared/page';
import { ConversationStatusComponent, LeadStatusComponent } from '../../shared/status';
import { CellDirective, RowCardDirective, type RowOpening, type TableColumn, TableComponent } from '../../shared/table';
import { Toasts } from '../../shared/toast';
import { AvatarComponent, ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';
import { dayWords } from './chart/trend.drawing';

type Columns = readonly TableColumn<NumberRow>[];
const LEAD: TableColumn<NumberRow> = { id: 'lead', label: 'Lead', width: 180, grow: 2 };
const COMPANY: TableColumn<NumberRow> = {
  id: 'company',
  label: 'Company',
  width: 140,
  grow: 1,
  text: ({ lead }) => lead.company ?? '',
};
const COLUMNS: Record<'lead' | 'conversation' | 'message', Columns> = {
  lead: [
    LEAD,
    COMPANY,
    { id: 'email', label: 'E-mail', width: 180, grow: 2, text: ({ lead }) => lead.email ?? '' },
    { id: 'status', label: 'Status', width: 120 },
    { id: 'created', label: 'Added', width: 112, align: 'end' },
  ],
  conversation: [
    LEAD,
    COMPANY,
    { id: 'subject', label: 'Subject', width: 220, grow: 3 },
    { id: 'state', label: 'Status', width: 120 },
    { id: 'last', label: 'Last message', width: 120, align: 'end' },
  ],
  message: [
    LEAD,
    COMPANY,
    { id: 'subject', label: 'Subject', width: 220, grow: 3 },
    { id: 'sent', label: 'Sent', width: 104, align: 'end' },
    { id: 'opened', label: 'Opened', width: 104, align: 'end' },
    { id: 'clicked', label: 'Clicked', width: 104, align: 'end' },
    { id: 'replied', label: 'Answered', width: 104, align: 'end' },
  ],
};

/** The rows behind a number: exactly as many as it says. */
@Component({
  selector: 'tl-rows-page',
  imports: [
    AvatarComponent,
    ButtonDirective,
    CellDirective,
    ConversationStatusComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    LeadStatusComponent,
    PageHeadComponent,
    RouterLink,
    RowCardDirective,
    TableComponent,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './rows.page.html',
  styleUrl: './rows.page.scss',
})
export class RowsPage {
  readonly number = input.required<string>();
  readonly from = input<string>();
  readonly to = input<string>();

  private readonly router = inject(Router);
  private readonly store = inject(DashboardStore);
  private readonly toasts = inject(Toasts);
  private readonly locale = inject(LOCALE);
  protected readonly icons = { back: ArrowLeft, rows: Rows3 };

  private readonly name = computed<NumberName>(() => NUMBERS.find((each) => each === this.number()) ?? 'messagesSent');
  protected readonly parts = computed(() => partsOf(this.name()));
  private readonly period = computed<Period>(() => ({ from: this.from() ?? null, to: this.to() ?? null }));
  private readonly rows = computed(() => this.store.rows(this.name(), this.period()));
  private readonly view = toSignal(
    toObservable(this.rows).pipe(
      switchMap((rows) => combineLatest({ state: rows.state$.pipe(startWith(null)), status: rows.status$ })),
    ),
  );
  private readonly meanings = toSignal(inject(NumberMeanings).all$, { initialValue: [] });
  protected readonly meaning = computed(() => this.meanings().find(({ name }) => name === this.name()) ?? null);
  protected readonly state = computed(() => this.view()?.state ?? null);
  protected readonly items = computed(() => this.state()?.items ?? []);
  protected readonly error = computed(() => {
    const cause = this.state() ? null : this.view()?.status.trouble?.cause;
    return cause ? explain(cause, 'load the rows') : null;
  });
  protected readonly columns = computed<Columns>(() => {
    const grain = this.meaning()?.grain;
    return grain ? COLUMNS[grain] : [LEAD, COMPANY];
  });
  private readonly days = computed(() => {
    const { from, to } = this.period();
    return from && to ? `${dayWords(from)} to ${dayWords(to)}` : 'Over all time';
  });
  private readonly values = toSignal(
    toObservable(computed(() => ({ parts: this.parts(), period: this.period() }))).pipe(
      // A count says itself how many there are.
      switchMap(({ parts, period }) => (parts ? this.store.values(period).pipe(startWith({})) : of({}))),
    ),
    { initialValue: {} },
  );
  private readonly share = computed(() => shareOf(this.name(), this.values()));
  /** A rate stands in the head as it does on its tile; how many rows it has is not its value. */
  protected readonly figure = computed(() =>
    this.parts() ? (this.share()?.rate ?? null) : (this.state()?.count ?? null),
  );
  protected readonly sentence = computed(() => {
    const share = this.share();
    if (!share) return this.days();
    const [part, whole] = [share.part, share.whole].map((value) => figureText(value, 'count', this.locale));
    return `${part} of ${whole} messages · ${this.days()}`;
  });
  /** Of a rate, only what it counts is listed. */
  protected readonly listed = computed(() => {
    const counted = this.meanings().find(({ name }) => name === this.parts()?.of);
    return counted ? `Listed here: ${counted.label.toLowerCase()}.` : '';
  });
  private readonly asked = signal<string | null>(null);
  protected readonly loadingMore = computed(() => {
    const cursor = this.state()?.nextCursor ?? null;
    return cursor !== null && this.asked() === cursor;
  });
  private readonly table = viewChild<TableComponent<NumberRow>>(TableComponent);

  constructor() {
    useListShortcuts(() => this.table());
  }

  protected readonly idOf = rowId;
  protected readonly labelOf = ({ lead }: NumberRow): string => lead.name;

  protected again(): void {
    this.rows().refresh();
  }

  protected open({ row, newTab }: RowOpening<NumberRow>): void {
    const conversation = row.message?.conversationId ?? row.conversation?.id;
    const url = conversation ? `/inbox/all/${conversation}` : `/leads/${row.lead.id}`;
    if (newTab) window.open(url, '_blank', 'noopener');
    else void this.router.navigateByUrl(url);
  }

  protected async more(): Promise<void> {
    const cursor = this.state()?.nextCursor ?? null;
    if (cursor === null || this.asked() === cursor) return;
    this.asked.set(cursor);
    try {
      await this.rows().more(cursor);
    } catch (error) {
      this.toasts.show({
        text: explain(error, 'load more rows', '').what,
        tone: 'bad',
        action: { label: 'Try again', run: () => this.asked.set(null) },
      });
    }
  }
}
