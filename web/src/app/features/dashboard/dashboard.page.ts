import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { DashboardAnalytics } from '@threadline/contracts';
import { LayoutDashboard, Plus } from 'lucide';
import { combineLatest, startWith, switchMap } from 'rxjs';
import { explain } from '../../core/api';
import { useShortcuts } from '../../core/keys';
import { Rights, Session } from '../../core/session';
import { ActivityFeed } from '../../data/activity';
import { DashboardStore, lastDays } from '../../data/dashboard';
import { FigureTileComponent } from '../../shared/figure';
import { figureText, LOCALE, Ticker } from '../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, PageHeadComponent, SkeletonComponent } from '../../shared/page';
import { Toasts } from '../../shared/toast';
import { ButtonDirective, IconComponent, Viewport } from '../../shared/ui';
import { ActivityFeedComponent } from './activity-feed.component';
import { TrendPanelComponent } from './chart/trend-panel.component';

const PERIODS = [7, 30, 90] as const;
const USUAL = 30;
type NumberOfPeriod = DashboardAnalytics['numbers'][number];

/** The workspace in numbers, moving by themselves: tiles, their course, and what happens. */
@Component({
  selector: 'tl-dashboard-page',
  imports: [
    ActivityFeedComponent,
    ButtonDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    FigureTileComponent,
    IconComponent,
    PageHeadComponent,
    RouterLink,
    SkeletonComponent,
    TrendPanelComponent,
  ],
  templateUrl: './dashboard.page.html',
  styleUrl: './dashboard.page.scss',
})
export class DashboardPage {
  /** How many days back: 7, 30 or 90. */
  readonly days = input<string>();

  private readonly router = inject(Router);
  private readonly store = inject(DashboardStore);
  private readonly feed = inject(ActivityFeed);
  private readonly ticker = inject(Ticker);
  private readonly locale = inject(LOCALE);
  private readonly toasts = inject(Toasts);
  private readonly me = inject(Session).me;
  protected readonly rights = inject(Rights);
  protected readonly phone = inject(Viewport).phone;
  protected readonly icons = { dashboard: LayoutDashboard, add: Plus };
  protected readonly ghosts = Array.from({ length: 10 }, (_, at) => at);

  protected readonly periods = PERIODS;
  protected readonly chosen = computed(() => PERIODS.find((days) => String(days) === this.days()) ?? USUAL);
  private readonly period = computed(() => lastDays(this.chosen(), this.ticker.minute()), {
    equal: (a, b) => a.from === b.from && a.to === b.to,
  });
  private readonly analytics = computed(() => this.store.analytics(this.period()));
  private readonly view = toSignal(
    toObservable(this.analytics).pipe(
      switchMap((store) => combineLatest({ analytics: store.state$.pipe(startWith(null)), status: store.status$ })),
    ),
  );
  /** While another period is on its way, the one before stays. */
  protected readonly shown = linkedSignal<DashboardAnalytics | null, DashboardAnalytics | null>({
    source: () => this.view()?.analytics ?? null,
    computation: (now, before) => now ?? before?.value ?? null,
  });
  protected readonly error = computed(() => {
    const view = this.view();
    const cause = view?.analytics ? null : view?.status.trouble?.cause;
    return cause ? explain(cause, 'load the numbers') : null;
  });
  protected readonly tiles = computed(() => (this.shown()?.numbers ?? []).map((number) => this.tile(number)));
  private readonly stats = toSignal(this.store.stats.state$);
  protected readonly nothing = computed(() => this.stats()?.totalLeads === 0 && this.stats()?.messagesSent === 0);
  protected readonly sentence = computed(() => {
    const sent = this.stats()?.messagesSent;
    if (sent === undefined) return '';
    return `${this.me()?.workspace.name ?? ''} · ${figureText(sent, 'count', this.locale)} messages sent in all`;
  });

  private readonly activity = toSignal(this.feed.state$);
  protected readonly events = computed(() => this.activity()?.items ?? null);
  protected readonly cursor = computed(() => this.activity()?.nextCursor ?? null);
  protected readonly leadNames = toSignal(this.feed.leadNames$, { initialValue: new Map<string, string>() });
  protected readonly memberNames = toSignal(this.feed.memberNames$, { initialValue: new Map<string, string>() });
  private readonly asked = signal<string | null>(null);

  constructor() {
    useShortcuts(
      PERIODS.map((days, at) => ({
        keys: String(at + 1),
        label: `Last ${days} days`,
        group: 'This page' as const,
        run: () => this.choose(days),
      })),
    );
  }

  protected choose(days: number): void {
    void this.router.navigate(['/dashboard'], { queryParams: { days: days === USUAL ? null : days } });
  }

  protected reload(): void {
    this.analytics().refresh();
  }

  protected async older(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.asked() === cursor) return;
    this.asked.set(cursor);
    try {
      await this.feed.older(cursor);
    } catch (error) {
      this.toasts.show({
        text: explain(error, 'load older activity', '').what,
        tone: 'bad',
        action: { label: 'Try again', run: () => this.asked.set(null) },
      });
    }
  }

  private tile({ definition, value, previous, change, trend }: NumberOfPeriod) {
    const { from, to } = this.shown() ?? this.period();
    const { name, label, unit } = definition;
    return {
      ...definition,
      value,
      previous,
      trend,
      // Nothing before and nothing now is no news.
      change: value === 0 && previous === 0 ? undefined : change,
      better: unit === 'percent' || name === 'convertedLeads' || name === 'messagesReplied' ? ('up' as const) : null,
      spoken: `${label}: ${figureText(value, unit, this.locale)}`,
      path: `/dashboard/rows/${name}?from=${from}&to=${to}`,
    };
  }
}
