import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, DestroyRef, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { AuditActor, AuditEntry, AuditView, AuditViewFilters } from '@threadline/contracts';
import { Download, ScrollText, Search, ShieldCheck } from 'lucide';
import { of, switchMap } from 'rxjs';
import { asProblem, explain } from '../../core/api';
import { useListShortcuts, useShortcuts } from '../../core/keys';
import { Live } from '../../core/live';
import { AuditApi, AuditStore, TAIL_SECONDS } from '../../data/audit';
import { MembersStore } from '../../data/members';
import { Dialogs } from '../../shared/dialog';
import { saveFile } from '../../shared/file';
import { Ticker, TimeComponent } from '../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, type Explanation, PageHeadComponent } from '../../shared/page';
import { CellDirective, RowCardDirective, type TableColumn, TableComponent } from '../../shared/table';
import { Toasts } from '../../shared/toast';
import { BadgeComponent, ButtonDirective, IconComponent, Viewport } from '../../shared/ui';
import { AuditBarComponent } from './audit-bar.component';
import { AuditEntryComponent } from './audit-entry.component';
import { filtersOf, isFiltered, NO_FILTERS, queryOf, questionOf, sameFilters } from './audit-filters';
import { AuditFiltersDialog } from './audit-filters.dialog';
import { AuditViewsComponent, type ViewAct } from './audit-views.component';
import { actionWords, actorWords, gist, type Names, outcomeOf } from './audit-words';
import { SavedViews } from './saved-views';

const columnsOf = (names: Names): readonly TableColumn<AuditEntry>[] => [
  { id: 'at', label: 'Time', width: 132 },
  { id: 'actor', label: 'Who', width: 140, grow: 1, text: ({ actor }) => actorWords(actor, names) },
  { id: 'action', label: 'What', width: 180, grow: 1, text: ({ action }) => actionWords(action) },
  { id: 'gist', label: 'Details', width: 180, grow: 3, text: (entry) => gist(entry, names), desk: true },
  { id: 'outcome', label: 'Outcome', width: 104 },
];

/** Who did what, when, from where, and was it allowed: filtered in the address bar, followed live, verifiable. */
@Component({
  selector: 'tl-audit-page',
  imports: [
    AuditBarComponent,
    AuditEntryComponent,
    AuditViewsComponent,
    BadgeComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    CellDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    RouterLink,
    RowCardDirective,
    TableComponent,
    TimeComponent,
  ],
  providers: [SavedViews],
  templateUrl: './audit.page.html',
  styleUrl: './audit.page.scss',
})
export class AuditPage {
  readonly q = input<string>();
  readonly actorId = input<string>();
  readonly outcome = input<string>();
  readonly action = input<string>();
  readonly targetType = input<string>();
  readonly targetId = input<string>();
  /** Days back. */
  readonly days = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly ip = input<string>();
  readonly requestId = input<string>();
  /** `1`: drafts are shown too. */
  readonly drafts = input<string>();
  /** The id of the saved view that is open. */
  readonly view = input<string>();
  /** The id of the entry that is open. */
  readonly entry = input<string>();

  private readonly router = inject(Router);
  private readonly api = inject(AuditApi);
  private readonly store = inject(AuditStore);
  private readonly toasts = inject(Toasts);
  private readonly dialogs = inject(Dialogs);
  private readonly ticker = inject(Ticker);
  protected readonly saved = inject(SavedViews);
  protected readonly phone = inject(Viewport).phone;

  protected readonly icons = { search: Search, verify: ShieldCheck, export: Download, log: ScrollText };
  private readonly members = toSignal(inject(MembersStore).members$, { initialValue: [] });
  protected readonly people = computed(() =>
    this.members().map(({ userId, name }) => ({ value: userId, label: name })),
  );
  protected readonly names = computed<Names>(() => new Map(this.members().map(({ userId, name }) => [userId, name])));
  protected readonly columns = computed(() => columnsOf(this.names()));

  protected readonly filters = computed<AuditViewFilters>(
    () =>
      filtersOf({
        ...{ q: this.q(), actorId: this.actorId(), outcome: this.outcome(), action: this.action() },
        ...{ targetType: this.targetType(), targetId: this.targetId(), ip: this.ip(), requestId: this.requestId() },
        ...{ days: this.days(), from: this.from(), to: this.to(), drafts: this.drafts() },
      }),
    { equal: sameFilters },
  );
  protected readonly filtered = computed(() => isFiltered(this.filters()));
  protected readonly open = computed(() => this.saved.all().find(({ id }) => id === this.view()) ?? null);
  protected readonly changed = computed(() => {
    const open = this.open();
    return open !== null && !sameFilters(open.filters, this.filters());
  });

  protected readonly trail = computed(() => this.store.of(questionOf(this.filters(), this.ticker.now())));
  private readonly state = toSignal(toObservable(this.trail).pipe(switchMap((trail) => trail.state$)));
  protected readonly following = toSignal(toObservable(this.trail).pipe(switchMap((trail) => trail.following)), {
    initialValue: true,
  });
  protected readonly entries = computed(() => this.state()?.entries ?? []);
  protected readonly waiting = computed(() => this.state()?.held.length ?? 0);
  protected readonly andMore = computed(() => this.state()?.gap ?? false);
  protected readonly loading = computed(() => !this.state()?.entries && !this.state()?.cause);
  protected readonly error = computed(() => {
    const cause = this.state()?.entries ? null : this.state()?.cause;
    return cause ? explain(cause, 'read the audit log') : null;
  });
  private readonly listed = computed(() => this.entries().find(({ id }) => id === this.entry()) ?? null);
  /** The entry that is open and not in the list: further down, or hidden by a filter. */
  private readonly elsewhere = computed(() => (this.loading() || this.listed() ? null : (this.entry() ?? null)));
  private readonly found = toSignal(
    toObservable(this.elsewhere).pipe(switchMap((id) => (id === null ? of(null) : this.store.one(id)))),
  );
  protected readonly shown = computed(() => this.listed() ?? (this.elsewhere() && this.found()?.entry) ?? null);
  protected readonly absent = computed(() => {
    const cause = this.elsewhere() && this.found()?.cause;
    return cause ? absence(cause) : null;
  });
  protected readonly active = signal<string | null>(null);
  protected readonly busy = signal(false);

  private readonly table = viewChild<TableComponent<AuditEntry>>(TableComponent);
  private readonly bar = viewChild.required(AuditBarComponent);

  constructor() {
    useListShortcuts(() => this.table(), 'entry');
    useShortcuts([{ keys: 'f', label: 'Search the log', group: 'This page', run: () => this.bar().focus() }]);
    const live = inject(Live);
    // Who reads the log may hear nothing else: then this page asks by itself, and says so.
    effect(() => live.fetching.set(this.following() ? TAIL_SECONDS : null));
    inject(DestroyRef).onDestroy(() => live.fetching.set(null));
    // A colleague shared a view, or took one back.
    effect(() => {
      if (this.entries()[0]?.action.startsWith('audit_view.')) void this.saved.read();
    });
  }

  protected readonly idOf = ({ id }: AuditEntry): string => id;
  protected readonly nameOf = ({ action, actor }: AuditEntry): string =>
    `${actionWords(action)} by ${actorWords(actor, this.names())}`;
  protected readonly outcome$ = outcomeOf;
  protected readonly action$ = actionWords;
  protected readonly actor$ = (actor: AuditActor): string => actorWords(actor, this.names());

  /** Changes the address, from which everything else follows. */
  protected go(queryParams: Record<string, string | null>, replaceUrl = false): void {
    void this.router.navigate(['/audit'], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }

  protected ask(change: Partial<AuditViewFilters>, replaceUrl = false): void {
    this.go(queryOf({ ...this.filters(), ...change }), replaceUrl);
  }

  protected search(q: string): void {
    this.ask({ q: q || undefined }, true);
  }

  /** Looks for something of an entry, in the whole log. */
  protected look(filters: AuditViewFilters): void {
    this.go({ ...queryOf(filters), view: null, entry: null });
  }

  protected clear(): void {
    this.go({ ...NO_FILTERS, drafts: this.drafts() ?? null, view: null });
  }

  protected async moreFilters(): Promise<void> {
    const filters = await this.dialogs.open<AuditViewFilters>(AuditFiltersDialog, {
      label: 'More filters',
      data: this.filters(),
    });
    if (filters) this.go(queryOf(filters));
  }

  protected choose(view: AuditView | null): void {
    if (view) this.go({ ...queryOf(view.filters), view: view.id, entry: null });
    else this.clear();
  }

  protected act(act: ViewAct): void {
    const open = this.open();
    if (open) void this.saved.act(act, open, this.filters());
  }

  protected async saveNew(): Promise<void> {
    const made = await this.saved.saveNew(this.filters());
    if (made) this.go({ view: made.id });
  }

  protected follow(): void {
    const { following } = this.trail();
    following.next(!following.value);
  }

  protected more(): void {
    const cursor = this.state()?.cursor;
    if (cursor) this.trail().more(cursor);
  }

  protected async export(format: 'csv' | 'jsonl'): Promise<void> {
    await this.alone('export the log', async () => saveFile(await this.api.export(format), `audit.${format}`));
  }

  protected async checkpoint(): Promise<void> {
    await this.alone('make a checkpoint', async () => {
      const checkpoint = await this.api.makeCheckpoint();
      const file = new Blob([JSON.stringify(checkpoint, null, 2)], { type: 'application/json' });
      saveFile(file, `checkpoint-${checkpoint.size}.json`);
    });
  }

  private async alone(doing: string, work: () => Promise<unknown>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await work();
    } catch (error) {
      this.toasts.show({ text: explain(error, doing, '').what, tone: 'bad' });
    } finally {
      this.busy.set(false);
    }
  }
}

function absence(cause: unknown): Explanation {
  const { code, requestId } = asProblem(cause);
  if (code !== 'not_found' && code !== 'invalid_input') return explain(cause, 'open the entry');
  const todo = 'The link may be cut off, or the entry older than what the log is kept for.';
  return { what: 'No entry of this log has that id.', safe: '', todo, requestId };
}
