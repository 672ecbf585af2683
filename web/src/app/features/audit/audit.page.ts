import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import {
  AUDIT_OUTCOMES,
  type AuditActor,
  type AuditEntry,
  type AuditOutcome,
  type AuditVerification,
} from '@threadline/contracts';
import { Download, Pause, Play, ScrollText, Search, ShieldCheck } from 'lucide';
import { switchMap } from 'rxjs';
import { explain } from '../../core/api';
import { useListShortcuts, useShortcuts } from '../../core/keys';
import { AuditApi, type AuditFilter, AuditStore } from '../../data/audit';
import { MembersStore } from '../../data/members';
import { saveFile } from '../../shared/file';
import { FilterChipComponent } from '../../shared/filter';
import { figureText, LOCALE, Ticker, TimeComponent } from '../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, PageHeadComponent } from '../../shared/page';
import { CellDirective, RowCardDirective, type TableColumn, TableComponent } from '../../shared/table';
import { Toasts } from '../../shared/toast';
import { BadgeComponent, ButtonDirective, IconComponent, TipDirective, Viewport } from '../../shared/ui';
import { AuditEntryComponent } from './audit-entry.component';
import { actionWords, actorWords, AUDIT_NOUNS, gist, type Names, OUTCOME_WORDS } from './audit-words';

const SEARCH_PAUSE_MS = 300;
const DAY = 86_400_000;

const columnsOf = (names: Names): readonly TableColumn<AuditEntry>[] => [
  { id: 'at', label: 'Time', width: 132 },
  { id: 'actor', label: 'Who', width: 140, grow: 1, text: ({ actor }) => actorWords(actor, names) },
  { id: 'action', label: 'What', width: 180, grow: 1, text: ({ action }) => actionWords(action) },
  { id: 'gist', label: 'Details', width: 180, grow: 3, text: (entry) => gist(entry, names), desk: true },
  { id: 'outcome', label: 'Outcome', width: 88 },
];

/** Who did what, when, from where, and was it allowed: filtered in the address bar, followed live, verifiable. */
@Component({
  selector: 'tl-audit-page',
  imports: [
    AuditEntryComponent,
    BadgeComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    CellDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    FilterChipComponent,
    IconComponent,
    PageHeadComponent,
    RowCardDirective,
    TableComponent,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './audit.page.html',
  styleUrl: './audit.page.scss',
})
export class AuditPage {
  readonly q = input<string>();
  readonly actorId = input<string>();
  readonly outcome = input<string>();
  readonly action = input<string>();
  /** Days back. */
  readonly days = input<string>();
  /** The number of the entry that is open. */
  readonly entry = input<string>();

  private readonly router = inject(Router);
  private readonly api = inject(AuditApi);
  private readonly store = inject(AuditStore);
  private readonly toasts = inject(Toasts);
  private readonly ticker = inject(Ticker);
  private readonly locale = inject(LOCALE);
  protected readonly phone = inject(Viewport).phone;

  protected readonly icons = {
    search: Search,
    verify: ShieldCheck,
    export: Download,
    log: ScrollText,
    pause: Pause,
    play: Play,
  };
  protected readonly outcomes = AUDIT_OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }));
  protected readonly nouns = AUDIT_NOUNS;
  protected readonly periods = [
    { value: '1', label: 'Last 24 hours' },
    { value: '7', label: 'Last 7 days' },
    { value: '30', label: 'Last 30 days' },
  ];
  private readonly members = toSignal(inject(MembersStore).members$, { initialValue: [] });
  protected readonly people = computed(() =>
    this.members().map(({ userId, name }) => ({ value: userId, label: name })),
  );

  protected readonly names = computed<Names>(() => new Map(this.members().map(({ userId, name }) => [userId, name])));
  protected readonly columns = computed(() => columnsOf(this.names()));

  protected readonly filter = computed<AuditFilter>(
    () => {
      const days = Number(this.days());
      return {
        ...(this.q() ? { q: this.q() } : {}),
        ...(this.actorId() ? { actorId: this.actorId() } : {}),
        ...(isOutcome(this.outcome()) ? { outcome: this.outcome() as AuditOutcome } : {}),
        ...(this.action() ? { action: this.action() } : {}),
        ...(days > 0 ? { from: new Date(this.ticker.now() - days * DAY).toISOString() } : {}),
      };
    },
    { equal: (one, other) => JSON.stringify({ ...one, from: 0 }) === JSON.stringify({ ...other, from: 0 }) },
  );
  protected readonly filtered = computed(() => Object.keys(this.filter()).length > 0);
  protected readonly trail = computed(() => {
    this.days();
    return this.store.of(this.filter());
  });
  private readonly state = toSignal(toObservable(this.trail).pipe(switchMap((trail) => trail.state$)));
  protected readonly following = toSignal(toObservable(this.trail).pipe(switchMap((trail) => trail.following)), {
    initialValue: true,
  });
  protected readonly entries = computed(() => this.state()?.entries ?? []);
  protected readonly loading = computed(() => !this.state()?.entries && !this.state()?.cause);
  protected readonly error = computed(() => {
    const cause = this.state()?.entries ? null : this.state()?.cause;
    return cause ? explain(cause, 'read the audit log') : null;
  });
  protected readonly open = computed(() => this.entries().find(({ seq }) => String(seq) === this.entry()) ?? null);
  protected readonly active = signal<string | null>(null);
  protected readonly busy = signal<'verify' | 'export' | null>(null);
  protected readonly verification = signal<AuditVerification | null>(null);

  private readonly table = viewChild<TableComponent<AuditEntry>>(TableComponent);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    useListShortcuts(() => this.table(), 'entry');
    useShortcuts([
      { keys: 'f', label: 'Search the log', group: 'This page', run: () => this.field().nativeElement.focus() },
    ]);
  }

  protected readonly idOf = ({ id }: AuditEntry): string => id;
  protected readonly nameOf = ({ action, actor }: AuditEntry): string =>
    `${actionWords(action)} by ${actorWords(actor, this.names())}`;
  protected readonly words = (outcome: AuditOutcome): string => OUTCOME_WORDS[outcome];
  protected readonly count = (entries: number): string => figureText(entries, 'count', this.locale);
  protected readonly action$ = actionWords;
  protected readonly actor$ = (actor: AuditActor): string => actorWords(actor, this.names());

  /** Changes the address, from which everything else follows. */
  protected ask(queryParams: Record<string, string | null>, replaceUrl = false): void {
    void this.router.navigate(['/audit'], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }

  protected chip(name: string, value: readonly string[]): void {
    this.ask({ [name]: value[0] ?? null });
  }

  protected search(text: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask({ q: text.trim() || null }, true), SEARCH_PAUSE_MS);
  }

  protected lookFor(words: string): void {
    this.ask({ q: words, actorId: null, outcome: null, action: null, days: null, entry: null });
  }

  protected clear(): void {
    this.ask({ q: null, actorId: null, outcome: null, action: null, days: null });
  }

  protected follow(): void {
    const { following } = this.trail();
    following.next(!following.value);
  }

  protected more(): void {
    const cursor = this.state()?.cursor;
    if (cursor) this.trail().more(cursor);
  }

  protected async verify(): Promise<void> {
    await this.alone('verify', 'verify the log', async () => this.verification.set(await this.api.verify()));
  }

  protected async export(format: 'csv' | 'jsonl'): Promise<void> {
    await this.alone('export', 'export the log', async () =>
      saveFile(await this.api.export(format), `audit.${format}`),
    );
  }

  protected async checkpoint(): Promise<void> {
    await this.alone('export', 'make a checkpoint', async () => {
      const checkpoint = await this.api.makeCheckpoint();
      const file = new Blob([JSON.stringify(checkpoint, null, 2)], { type: 'application/json' });
      saveFile(file, `checkpoint-${checkpoint.size}.json`);
    });
  }

  private async alone(what: 'verify' | 'export', doing: string, work: () => Promise<unknown>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(what);
    try {
      await work();
    } catch (error) {
      this.toasts.show({ text: explain(error, doing, '').what, tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }
}

function isOutcome(text: string | undefined): text is AuditOutcome {
  return (AUDIT_OUTCOMES as readonly (string | undefined)[]).includes(text);
}
