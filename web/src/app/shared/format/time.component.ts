import { Component, Pipe, computed, inject, input, type PipeTransform } from '@angular/core';
import { TipDirective } from '../ui';
import { clockTime, dayTitle, exactTime, relativeTime, timeOf } from './relative-time';
import { Ticker } from './ticker.service';
import { LOCALE, TIME_ZONE } from './time.tokens';

/**
 * A moment as people say it, exact on hover or tap: `<tl-time [at]="lead.createdAt" />` → "14:03", "yesterday", "12 Nov".
 * `withClock` keeps the time of day on other days. Moves on by itself at midnight.
 */
@Component({
  selector: 'tl-time',
  imports: [TipDirective],
  template: `<time [attr.datetime]="at()" [tlTip]="exact">{{ text() }}</time>`,
  styles: `
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `,
})
export class TimeComponent {
  readonly at = input.required<string | null>();
  readonly withClock = input(false);

  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  protected readonly text = computed(() => {
    const at = this.at();
    if (!at) return '';
    const reader = { now: this.ticker.minute(), zone: this.zone(), locale: this.locale };
    return this.withClock() ? timeOf(at, reader) : relativeTime(at, reader);
  });
  protected readonly exact = (): string => exactTime(this.at() ?? '', { zone: this.zone(), locale: this.locale });
}

/** How the pipe writes a moment. */
export type TimeForm = 'short' | 'clock' | 'clock only' | 'day' | 'exact';

/**
 * The same in text: `{{ at | tlTime }}`, `{{ at | tlTime: 'clock' }}`, `{{ at | tlTime: 'clock only' }}`,
 * `{{ at | tlTime: 'day' }}`, `{{ at | tlTime: 'exact' }}`.
 * Impure on purpose, so that it follows the clock and the time zone; formatting is cached.
 */
@Pipe({ name: 'tlTime', pure: false })
export class TimePipe implements PipeTransform {
  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  transform(iso: string | null | undefined, form: TimeForm = 'short'): string {
    if (!iso) return '';
    const reader = { now: this.ticker.minute(), zone: this.zone(), locale: this.locale };
    switch (form) {
      case 'short':
        return relativeTime(iso, reader);
      case 'clock':
        return timeOf(iso, reader);
      case 'clock only':
        return clockTime(iso, reader);
      case 'day':
        return dayTitle(iso, reader);
      case 'exact':
        return exactTime(iso, reader);
    }
  }
}
