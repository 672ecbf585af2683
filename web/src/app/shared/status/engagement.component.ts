import { Component, computed, inject, input } from '@angular/core';
import type { HitKind, Verdict } from '@threadline/contracts';
import { timeOf, Ticker, LOCALE, TIME_ZONE } from '../format';

const WORDS: Record<HitKind, Record<Verdict, string>> = {
  open: { human: 'Read', unknown: 'Maybe read', machine: 'Opened by a machine' },
  click: { human: 'Clicked', unknown: 'Maybe clicked', machine: 'Clicked by a machine' },
};

/** The word for hits of a kind and verdict, as badges, tiles and charts say it. */
export function engagementWord(kind: HitKind, verdict: Verdict): string {
  return WORDS[kind][verdict];
}

/**
 * What is known about an open or a click: human = accent, solid; unknown = accent outline, dashed; machine = neutral,
 * hatched. `at` adds when ("Read 14:03"), `count` how often. Wrap it in a button to open the evidence.
 */
@Component({
  selector: 'tl-engagement',
  template: `{{ text() }}`,
  host: { '[attr.data-verdict]': 'verdict()' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      height: 20px;
      padding: 0 8px;
      border: 1px solid transparent;
      border-radius: 10px;
      font: var(--type-meta);
      font-weight: 500;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    :host([data-verdict='human']) {
      background: var(--human);
      color: var(--accent-ink);
    }
    :host([data-verdict='unknown']) {
      border: 1px dashed var(--unknown);
      color: var(--accent-text);
    }
    :host([data-verdict='machine']) {
      border-color: var(--machine-soft);
      background: var(--hatch);
      color: var(--ink-2);
    }
  `,
})
export class EngagementComponent {
  readonly verdict = input.required<Verdict>();
  readonly kind = input<HitKind>('open');
  readonly at = input<string | null>(null);
  readonly count = input(1);

  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  protected readonly text = computed(() => {
    const at = this.at();
    const when = at ? ` ${timeOf(at, { now: this.ticker.minute(), zone: this.zone(), locale: this.locale })}` : '';
    const often = this.count() > 1 ? ` ×${this.count()}` : '';
    return `${engagementWord(this.kind(), this.verdict())}${when}${often}`;
  });
}

/** The same three styles as a small square, for legends: `<tl-engagement-swatch verdict="machine" />`. */
@Component({
  selector: 'tl-engagement-swatch',
  template: '',
  host: { '[attr.data-verdict]': 'verdict()', 'aria-hidden': 'true' },
  styles: `
    :host {
      display: inline-block;
      flex: none;
      width: 10px;
      height: 10px;
      border: 1px solid var(--machine);
      border-radius: 3px;
    }
    :host([data-verdict='human']) {
      border-color: var(--human);
      background: var(--human);
    }
    :host([data-verdict='unknown']) {
      border: 1px dashed var(--unknown);
    }
    :host([data-verdict='machine']) {
      background: var(--hatch);
    }
  `,
})
export class EngagementSwatchComponent {
  readonly verdict = input.required<Verdict>();
}
