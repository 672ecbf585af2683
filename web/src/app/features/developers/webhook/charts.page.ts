import { Component, computed, inject, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { switchMap } from 'rxjs';
import { explain } from '../../../core/api';
import { WebhooksStore } from '../../../data/webhooks';
import { figureText, LOCALE } from '../../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, SkeletonRowsComponent } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { took } from '../webhook-words';
import { HoursComponent } from './hours.component';

const SPANS = [
  { hours: 24, label: '24 hours' },
  { hours: 72, label: '3 days' },
  { hours: 168, label: '7 days' },
];

/** How one endpoint did: success, latency, hour by hour. */
@Component({
  selector: 'tl-charts-page',
  imports: [ButtonDirective, EmptyStateComponent, ErrorStateComponent, HoursComponent, SkeletonRowsComponent],
  template: `
    <div class="spans" role="group" aria-label="Period">
      @for (span of spans; track span.hours) {
        <button
          tlButton
          small
          look="secondary"
          type="button"
          [attr.aria-pressed]="hours() === span.hours"
          (click)="hours.set(span.hours)"
        >
          {{ span.label }}
        </button>
      }
    </div>
    @if (figures(); as known) {
      <dl>
        <div>
          <dt>Success</dt>
          <dd class="num">{{ percent(known.successRate) }}</dd>
        </div>
        <div>
          <dt>Attempts</dt>
          <dd class="num">{{ count(known.delivered + known.failed) }}</dd>
        </div>
        <div>
          <dt>Failed</dt>
          <dd class="num">{{ count(known.failed) }}</dd>
        </div>
        <div>
          <dt>p50</dt>
          <dd class="num">{{ time(known.p50) }}</dd>
        </div>
        <div>
          <dt>p95</dt>
          <dd class="num">{{ time(known.p95) }}</dd>
        </div>
        <div>
          <dt>Waiting now</dt>
          <dd class="num">{{ count(known.pending) }}</dd>
        </div>
      </dl>
      @if (known.delivered + known.failed === 0) {
        <tl-empty text="Nothing was sent in this time. Test events do not count." />
      } @else {
        <div class="charts">
          <tl-hours label="Attempts per hour, failed ones on top" [hours]="known.hours" />
          <tl-hours label="p95 per hour" show="p95" [hours]="known.hours" />
        </div>
      }
    } @else if (error(); as error) {
      <tl-error [error]="error" retry="" />
    } @else {
      <tl-skeleton-rows label="Loading the figures" [count]="5" />
    }
  `,
  styleUrl: './charts.page.scss',
})
export class ChartsPage {
  readonly id = input.required<string>();

  private readonly store = inject(WebhooksStore);
  private readonly locale = inject(LOCALE);
  protected readonly spans = SPANS;
  protected readonly hours = signal(24);
  private readonly asked = computed(() => ({ id: this.id(), hours: this.hours() }));
  private readonly state = toSignal(
    toObservable(this.asked).pipe(switchMap(({ id, hours }) => this.store.figures(id, hours))),
  );
  protected readonly figures = computed(() => this.state()?.items?.[0] ?? null);
  protected readonly error = computed(() => {
    const cause = this.figures() ? null : this.state()?.cause;
    return cause ? explain(cause, 'load the figures') : null;
  });

  protected percent(value: number | null): string {
    return value === null ? '–' : figureText(value, 'percent', this.locale);
  }

  protected count(value: number): string {
    return figureText(value, 'count', this.locale);
  }

  protected time(value: number | null): string {
    return value === null ? '–' : took(value);
  }
}
