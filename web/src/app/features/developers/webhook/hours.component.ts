import { Component, computed, inject, input } from '@angular/core';
import type { WebhookHour } from '@threadline/contracts';
import { clockTime, LOCALE, TIME_ZONE, timeOf, Ticker } from '../../../shared/format';
import { took } from '../webhook-words';

const HEIGHT = 120;

interface Bar {
  x: number;
  width: number;
  good: number;
  bad: number;
  words: string;
}

/** Attempts hour by hour, those that failed on top of those that did not; or how long they took. */
@Component({
  selector: 'tl-hours',
  template: `
    <figure>
      <figcaption class="ink-2">
        {{ label() }} <span class="num">{{ scale() }}</span>
      </figcaption>
      <svg viewBox="0 0 1000 120" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" x2="1000" y1="119.5" y2="119.5" />
        <line x1="0" x2="1000" y1="0.5" y2="0.5" />
        @for (bar of bars(); track $index) {
          <g>
            <title>{{ bar.words }}</title>
            <rect class="ground" [attr.x]="bar.x" y="0" [attr.width]="bar.width" height="120" />
            <rect
              class="good"
              [attr.x]="bar.x"
              [attr.y]="120 - bar.good"
              [attr.width]="bar.width"
              [attr.height]="bar.good"
            />
            <rect
              class="bad"
              [attr.x]="bar.x"
              [attr.y]="120 - bar.good - bar.bad"
              [attr.width]="bar.width"
              [attr.height]="bar.bad"
            />
          </g>
        }
      </svg>
      <div class="times ink-3 num" aria-hidden="true">
        <span>{{ first() }}</span><span>now</span>
      </div>
      <table class="visually-hidden">
        <caption>
          {{
            label()
          }}
        </caption>
        @for (bar of bars(); track $index) {
          <tr>
            <td>{{ bar.words }}</td>
          </tr>
        }
      </table>
    </figure>
  `,
  styles: `
    figure {
      margin: 0;
    }
    figcaption {
      display: flex;
      justify-content: space-between;
      margin-bottom: 4px;
    }
    svg {
      display: block;
      width: 100%;
      height: 120px;
    }
    line {
      stroke: var(--line);
      vector-effect: non-scaling-stroke;
    }
    .ground {
      fill: transparent;
    }
    g:hover .ground {
      fill: var(--surface-2);
    }
    .good {
      fill: var(--accent);
    }
    .bad {
      fill: var(--bad);
    }
    .times {
      display: flex;
      justify-content: space-between;
      margin-top: 4px;
      font: var(--type-meta);
    }
  `,
})
export class HoursComponent {
  readonly label = input.required<string>();
  readonly hours = input.required<readonly WebhookHour[]>();
  readonly show = input<'attempts' | 'p95'>('attempts');
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);
  private readonly ticker = inject(Ticker);

  private readonly top = computed(() => {
    const values = this.hours().map((hour) => (this.show() === 'p95' ? (hour.p95 ?? 0) : hour.delivered + hour.failed));
    return Math.max(1, ...values);
  });
  protected readonly scale = computed(() => (this.show() === 'p95' ? `to ${took(this.top())}` : `to ${this.top()}`));
  protected readonly first = computed(() => {
    const at = this.hours()[0]?.at ?? '';
    return timeOf(at, { now: this.ticker.minute(), zone: this.zone(), locale: this.locale });
  });
  protected readonly bars = computed<Bar[]>(() => {
    const step = 1_000 / Math.max(1, this.hours().length);
    const high = (value: number) => (value / this.top()) * (HEIGHT - 1);
    return this.hours().map((hour, index) => {
      const p95 = this.show() === 'p95';
      const at = clockTime(hour.at, { zone: this.zone(), locale: this.locale });
      const words = p95
        ? `${at}: ${hour.p95 === null ? 'no attempt' : took(hour.p95)}`
        : `${at}: ${hour.delivered} delivered, ${hour.failed} failed`;
      const [good, bad] = p95 ? [high(hour.p95 ?? 0), 0] : [high(hour.delivered), high(hour.failed)];
      return { x: index * step, width: step * 0.8, good, bad, words };
    });
  });
}
