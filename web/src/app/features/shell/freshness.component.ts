import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { freshnessLabel, type ConnectionStatus } from '@threadline/live';
import { LOCALE, TIME_ZONE, clockTime } from '../../shared/format';
import { TipDirective } from '../../shared/ui';

/** How fresh what stands on the screen is. Always visible, never alarming; only a change that matters is spoken. */
@Component({
  selector: 'tl-freshness',
  imports: [TipDirective],
  template: `
    <span
      class="mark"
      [attr.data-kind]="kind()"
      [tlTip]="meaning()"
      tabindex="0"
      role="img"
      [attr.aria-label]="label()"
    >
      <span class="dot"></span>
      <span class="words num">{{ label() }}</span>
    </span>
    <span class="visually-hidden" role="status">{{ spoken() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    .mark {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      height: 26px;
      padding: 0 8px;
      border-radius: var(--radius-control);
      color: var(--ink-2);
      font: var(--type-meta);
      font-weight: 500;
      white-space: nowrap;
    }
    .dot {
      width: 7px;
      height: 7px;
      border: 1.5px solid var(--ink-3);
      border-radius: 50%;
      transition: background-color var(--calm) var(--ease);
    }
    [data-kind='live'] .dot {
      border-color: var(--good);
      background: var(--good);
    }
    [data-kind='catching up'] {
      color: var(--accent-text);
    }
    [data-kind='catching up'] .dot,
    [data-kind='connecting'] .dot {
      border-color: var(--accent);
      animation: wait 0.9s ease-in-out infinite alternate;
    }
    [data-kind='stale'] {
      background: var(--warn-soft);
      color: var(--warn);
    }
    [data-kind='stale'] .dot {
      border-color: var(--warn);
    }
    @keyframes wait {
      to {
        opacity: 0.3;
      }
    }
    @media (max-width: 720px) {
      [data-kind='live'] .words,
      [data-kind='fetching'] .words {
        display: none;
      }
    }
  `,
})
export class FreshnessComponent {
  readonly status = input.required<ConnectionStatus>();
  /** False for a person whose role hears nothing of what happens: then nothing here is live. */
  readonly follows = input(true);
  /** Seconds between two readings of a page that asks by itself; null where none does. */
  readonly fetching = input<number | null>(null);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  protected readonly label = computed(() =>
    this.still()
      ? this.fetching() === null
        ? 'Not live'
        : `Updates every ${this.fetching()} seconds`
      : freshnessLabel(this.status(), (at) => clockTime(at.toISOString(), { zone: this.zone(), locale: this.locale })),
  );
  private readonly still = computed(() => !this.follows() && this.status().kind === 'live');
  protected readonly kind = computed(() => {
    if (!this.still()) return this.status().kind;
    return this.fetching() === null ? 'still' : 'fetching';
  });
  /** Spoken when it goes stale and when it is live again; catching up counts down, which is seen, not spoken. */
  protected readonly spoken = linkedSignal<ConnectionStatus, string>({
    source: this.status,
    computation: (status, before) => {
      if (status.kind === 'stale') return this.label();
      if (status.kind === 'live') return before?.value && !this.still() ? 'Live again' : '';
      return before?.value ?? '';
    },
  });
  protected readonly meaning = computed(() => {
    const status = this.status();
    if (this.still()) {
      return this.fetching() === null
        ? 'Your role does not hear what happens. What stands here was read when the page was opened.'
        : `Your role does not hear what happens, so this page asks every ${this.fetching()} seconds what is new.`;
    }
    switch (status.kind) {
      case 'connecting':
        return 'Connecting to the live stream.';
      case 'live':
        return status.through === 'socket'
          ? 'Everything on screen is as it is now.'
          : 'No direct connection: changes are fetched every few seconds.';
      case 'catching up':
        return 'The connection was away for a moment; what happened meanwhile is coming in.';
      case 'stale':
        return 'The connection is away. You can go on: your changes are kept, and this catches up by itself.';
    }
  });
}
