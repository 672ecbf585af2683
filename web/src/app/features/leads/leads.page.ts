import { CdkMenu, CdkMenuItemCheckbox, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { type Lead, LEAD_SORTS, LEAD_STATUSES, type LeadStatus } from '@threadline/contracts';
import { Check, Plus, Search, SendHorizontal, Settings2, Trash2, UsersRound, X } from 'lucide';
import { combineLatest, startWith, switchMap } from 'rxjs';
import { asProblem, explain } from '../../core/api';
import { useListShortcuts, useShortcuts } from '../../core/keys';
import { Rights, Session } from '../../core/session';
import { DashboardStore } from '../../data/dashboard';
import { DEFAULT_ORDER, type LeadFilter, LeadLists, type LeadOrder } from '../../data/leads';
import { MembersStore } from '../../data/members';
import { Dialogs } from '../../shared/dialog';
import { FilterChipComponent } from '../../shared/filter';
import { TimeComponent } from '../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, PageHeadComponent } from '../../shared/page';
import { LEAD_STATUS_WORDS, LeadStatusComponent } from '../../shared/status';
import {
  CellDirective,
  RowActionsDirective,
  RowCardDirective,
  type RowOpening,
  TableComponent,
} from '../../shared/table';
import { Toasts } from '../../shared/toast';
import { AvatarComponent, BadgeComponent, ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';
import { BulkBarComponent } from './bulk-bar.component';
import { LeadActs } from './lead-acts.service';
import { hiddenColumns, keepDensity, keepHidden, keptDensity, LEAD_COLUMNS } from './lead-columns';
import { NewLeadDialog, type NewLeadRequest } from './new-lead.dialog';

const SEARCH_PAUSE_MS = 200;

/** The list of leads: searched, filtered and sorted in the address bar, live, any number of rows. */
@Component({
  selector: 'tl-leads-page',
  imports: [
    AvatarComponent,
    BadgeComponent,
    BulkBarComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItemCheckbox,
    CdkMenuTrigger,
    CellDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    FilterChipComponent,
    IconComponent,
    LeadStatusComponent,
    PageHeadComponent,
    RouterLink,
    RowActionsDirective,
    RowCardDirective,
    TableComponent,
    TimeComponent,
    TipDirective,
  ],
  providers: [LeadActs],
  templateUrl: './leads.page.html',
  styleUrl: './leads.page.scss',
})
export class LeadsPage {
  readonly q = input<string>();
  readonly status = input<string>();
  readonly tag = input<string>();
  readonly ownerId = input<string>();
  readonly sort = input<string>();
  /** Present in the address: the form for a new lead is open. */
  readonly new = input<string>();
  /** The name or address that the form begins with. */
  readonly who = input<string>();
  /** Present in the address: whoever is added is written to next. */
  readonly thenWrite = input<string>();

  private readonly router = inject(Router);
  private readonly lists = inject(LeadLists);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly me = inject(Session).me;
  protected readonly rights = inject(Rights);
  protected readonly acts = inject(LeadActs);

  protected readonly icons = {
    add: Plus,
    search: Search,
    clear: X,
    view: Settings2,
    check: Check,
    delete: Trash2,
    write: SendHorizontal,
    people: UsersRound,
  };
  protected readonly filter = computed<LeadFilter>(() => ({
    ...(this.q() ? { q: this.q() } : {}),
    ...(isStatus(this.status()) ? { status: this.status() as LeadStatus } : {}),
    ...(this.tag() ? { tag: this.tag() } : {}),
    ...(this.ownerId() ? { ownerId: this.ownerId() } : {}),
    sort: isOrder(this.sort()) ? (this.sort() as LeadOrder) : DEFAULT_ORDER,
  }));
  protected readonly filtered = computed(() => Object.keys(this.filter()).length > 1);
  protected readonly list = computed(() => this.lists.of(this.filter()), { equal: Object.is });
  private readonly view = toSignal(
    toObservable(this.list).pipe(
      switchMap((list) =>
        combineLatest({
          leads: list.leads$.pipe(startWith(null)),
          cursor: list.cursor$.pipe(startWith(null)),
          status: list.status$,
        }),
      ),
    ),
  );
  /** What was read; without a server, what this tab has read before. */
  private readonly known = computed(() => {
    const { leads, cursor, status } = this.view() ?? {};
    if (leads) return { leads, cursor: cursor ?? null };
    const { last } = this.list();
    return last && status?.trouble && asProblem(status.trouble.cause).away
      ? { leads: last.items, cursor: last.nextCursor }
      : null;
  });
  protected readonly leads = computed(() => this.known()?.leads ?? []);
  protected readonly cursor = computed(() => this.known()?.cursor ?? null);
  protected readonly loading = computed(() => !this.known() && !this.error());
  protected readonly error = computed(() => {
    const cause = this.known() ? null : this.view()?.status.trouble?.cause;
    return cause ? explain(cause, 'load the leads') : null;
  });
  /** The page that is on its way. */
  private readonly asked = signal<string | null>(null);
  protected readonly loadingMore = computed(() => this.cursor() !== null && this.asked() === this.cursor());
  private readonly stats = toSignal(inject(DashboardStore).stats.state$);
  protected readonly count = computed(() => {
    if (!this.known()) return null;
    if (this.cursor() === null) return this.leads().length;
    return this.filtered() ? null : (this.stats()?.totalLeads ?? null);
  });

  private readonly members = toSignal(inject(MembersStore).members$, { initialValue: [] });
  private readonly memberNames = computed(() => new Map(this.members().map(({ userId, name }) => [userId, name])));
  protected readonly owners = computed(() =>
    this.members().map(({ userId, name }) => ({ value: userId, label: name })),
  );
  protected readonly statuses = LEAD_STATUSES.map((status) => ({
    value: status,
    label: LEAD_STATUS_WORDS[status].word,
  }));
  protected readonly tags = computed(() => {
    const found = new Set(
      this.leads()
        .slice(0, 1_000)
        .flatMap(({ tags }) => tags),
    );
    const chosen = this.tag();
    if (chosen) found.add(chosen);
    return [...found].sort((a, b) => a.localeCompare(b)).map((value) => ({ value, label: value }));
  });

  protected readonly hidden = signal(hiddenColumns());
  protected readonly density = signal(keptDensity());
  protected readonly choices = LEAD_COLUMNS.slice(1);
  protected readonly columns = computed(() => LEAD_COLUMNS.filter(({ id }) => !this.hidden().has(id)));

  protected readonly selection = linkedSignal<LeadFilter, ReadonlySet<string>>({
    source: this.filter,
    computation: () => new Set<string>(),
  });
  protected readonly selected = computed(() => this.leads().filter(({ id }) => this.selection().has(id)));
  protected readonly active = signal<string | null>(null);

  protected readonly table = viewChild<TableComponent<Lead>>(TableComponent);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const add = (): void => this.ask({ new: '1' });
    const may = (): boolean => this.rights.can('leads:write');
    useListShortcuts(() => this.table(), 'lead');
    useShortcuts([
      { keys: 'n', label: 'New lead', group: 'This page', when: may, run: add },
      { keys: 'f', label: 'Search leads', group: 'This page', run: () => this.field().nativeElement.focus() },
    ]);
    effect(() => {
      if (this.new() !== undefined && may()) untracked(() => void this.create());
    });
  }

  protected readonly idOf = (lead: Lead): string => lead.id;
  protected readonly nameOf = (lead: Lead): string => lead.name;

  protected ownerName(userId: string | null): string {
    return userId === null ? '' : (this.memberNames().get(userId) ?? '');
  }

  /** Changes the address, from which everything else follows. */
  protected ask(queryParams: Record<string, string | null>, replaceUrl = false): void {
    void this.router.navigate(['/leads'], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }

  protected chip(name: string, value: readonly string[]): void {
    this.ask({ [name]: value[0] ?? null });
  }

  protected search(text: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask({ q: text.trim() || null }, true), SEARCH_PAUSE_MS);
  }

  protected clearFilters(): void {
    this.ask({ q: null, status: null, tag: null, ownerId: null });
  }

  protected sortBy(sort: string): void {
    this.ask({ sort: sort && sort !== DEFAULT_ORDER ? sort : null }, true);
  }

  protected show(column: string): void {
    const hidden = new Set(this.hidden());
    if (!hidden.delete(column)) hidden.add(column);
    this.hidden.set(hidden);
    keepHidden(hidden);
  }

  protected dense(): void {
    this.density.update((density) => (density === 'dense' ? 'normal' : 'dense'));
    keepDensity(this.density());
  }

  protected async more(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.asked() === cursor) return;
    this.asked.set(cursor);
    try {
      await this.list().more(cursor);
    } catch (error) {
      this.toasts.show({
        text: explain(error, 'load more leads', '').what,
        tone: 'bad',
        action: { label: 'Try again', run: () => this.asked.set(null) },
      });
    }
  }

  protected open({ row, newTab }: RowOpening<Lead>): void {
    const url = `/leads/${row.id}`;
    if (newTab) window.open(url, '_blank', 'noopener');
    else void this.router.navigateByUrl(url);
  }

  protected write(lead: Lead): void {
    void this.router.navigate(['/leads', lead.id], { queryParams: { write: '1' } });
  }

  protected async deleteAll(leads: readonly Lead[]): Promise<void> {
    this.selection.set(new Set());
    await this.acts.delete(this.list(), leads);
  }

  protected async markAll(status: LeadStatus): Promise<void> {
    const leads = this.selected();
    this.selection.set(new Set());
    await this.acts.setStatus(this.list(), leads, status);
  }

  private async create(): Promise<void> {
    const list = this.list();
    const who = this.who() ?? '';
    const toWrite = this.thenWrite() !== undefined;
    const request: NewLeadRequest = {
      who,
      members: this.members,
      ownerId: this.me()?.user.id ?? null,
      create: (lead) => list.create(lead),
    };
    const made = await this.dialogs.open<Lead, NewLeadRequest>(NewLeadDialog, {
      label: 'New lead',
      width: 520,
      data: request,
      // What is known already is not asked first.
      ...(who && !who.includes('@') ? { focus: 'input[type=email]' } : {}),
    });
    if (made && toWrite) {
      await this.router.navigate(['/leads', made.id], { queryParams: { write: '' }, replaceUrl: true });
      return;
    }
    // Whoever followed a link out of the form is on their way already.
    if (this.new() !== undefined && !this.router.currentNavigation())
      this.ask({ new: null, who: null, thenWrite: null }, true);
    if (!made) return;
    this.active.set(made.id);
    this.toasts.show({
      text: `${made.name} added`,
      action: { label: 'Open', run: () => void this.router.navigate(['/leads', made.id]) },
    });
  }
}

function isStatus(text: string | undefined): text is LeadStatus {
  return (LEAD_STATUSES as readonly (string | undefined)[]).includes(text);
}

function isOrder(text: string | undefined): text is LeadOrder {
  return (LEAD_SORTS as readonly (string | undefined)[]).includes(text?.replace(/^-/u, ''));
}
