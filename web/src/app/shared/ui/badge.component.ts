import { Component, booleanAttribute, input } from '@angular/core';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

/**
 * A word in a quiet pill: `<tl-badge tone="warn">Pending</tl-badge>`. `dot` puts a coloured dot before plain ink, for
 * states in lists; without it the pill is tinted. Colour never speaks alone: the word is always there.
 */
@Component({
  selector: 'tl-badge',
  template: `
    @if (dot()) {
      <span class="dot"></span>
    }
    <ng-content />
  `,
  host: { '[attr.data-tone]': 'tone()', '[class.dotted]': 'dot()' },
  styles: `
    :host {
      --_ink: var(--ink-2);
      --_ground: var(--surface-2);
      display: inline-flex;
      align-items: center;
      gap: 6px;
      height: 20px;
      padding: 0 7px;
      border-radius: 10px;
      background: var(--_ground);
      color: var(--_ink);
      font: var(--type-meta);
      font-weight: 500;
      white-space: nowrap;
    }
    :host([data-tone='accent']) {
      --_ink: var(--accent-text);
      --_ground: var(--accent-soft);
    }
    :host([data-tone='good']) {
      --_ink: var(--good);
      --_ground: var(--good-soft);
    }
    :host([data-tone='warn']) {
      --_ink: var(--warn);
      --_ground: var(--warn-soft);
    }
    :host([data-tone='bad']) {
      --_ink: var(--bad);
      --_ground: var(--bad-soft);
    }
    :host(.dotted) {
      padding: 0;
      background: none;
      color: var(--ink-1);
      font: inherit;
    }
    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--_ink);
    }
    :host([data-tone='neutral']) .dot {
      background: none;
      border: 2px solid var(--ink-3);
    }
  `,
})
export class BadgeComponent {
  readonly tone = input<Tone>('neutral');
  readonly dot = input(false, { transform: booleanAttribute });
}
