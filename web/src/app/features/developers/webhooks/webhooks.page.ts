import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { Webhook, WebhookFigures } from '@threadline/contracts';
import { Webhook as WebhookIcon } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { CanDirective } from '../../../core/session';
import { WebhooksStore } from '../../../data/webhooks';
import { SparklineComponent } from '../../../shared/figure';
import { figureText, LOCALE } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { BadgeComponent, ButtonDirective, TipDirective } from '../../../shared/ui';
import { eventsWords, shortUrl, stateOf, took } from '../webhook-words';
import { WebhookActs } from '../webhook-acts.service';

const NONE = new Map<string, WebhookFigures>();

/** Every endpoint: where it is, how it stands, how it did in the last day. */
@Component({
  selector: 'tl-webhooks-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CanDirective,
    EmptyStateComponent,
    ErrorStateComponent,
    PageHeadComponent,
    RouterLink,
    SkeletonRowsComponent,
    SparklineComponent,
    TipDirective,
  ],
  templateUrl: './webhooks.page.html',
  styleUrl: './webhooks.page.scss',
})
export class WebhooksPage {
  private readonly store = inject(WebhooksStore);
  private readonly acts = inject(WebhookActs);
  private readonly router = inject(Router);
  private readonly locale = inject(LOCALE);

  protected readonly icon = WebhookIcon;
  protected readonly state$ = stateOf;
  protected readonly events = eventsWords;
  protected readonly short = shortUrl;
  protected readonly took = took;
  protected readonly webhooks = toSignal(this.store.webhooks$.pipe(startWith(null)));
  protected readonly figures = toSignal(this.store.figures$, { initialValue: NONE });
  private readonly status = toSignal(this.store.status$);
  protected readonly error = computed(() => {
    const cause = this.webhooks() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the webhooks') : null;
  });

  protected rate(id: string): string {
    const rate = this.figures().get(id)?.successRate;
    return rate === null || rate === undefined ? '–' : figureText(rate, 'percent', this.locale);
  }

  protected p95(id: string): string {
    const p95 = this.figures().get(id)?.p95;
    return p95 === null || p95 === undefined ? '–' : took(p95);
  }

  protected pending(id: string): number {
    return this.figures().get(id)?.pending ?? 0;
  }

  protected points(id: string): number[] {
    return (
      this.figures()
        .get(id)
        ?.hours.map(({ delivered, failed }) => delivered + failed) ?? []
    );
  }

  protected go(event: Event, { id }: Webhook): void {
    if (event.target instanceof Element && event.target.closest('a, button')) return;
    void this.router.navigate(['/developers/webhooks', id]);
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async make(): Promise<void> {
    const id = await this.acts.make();
    if (id) await this.router.navigate(['/developers/webhooks', id]);
  }
}
