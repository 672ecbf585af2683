import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SkeletonComponent } from '../page';
import { LOCALE, changeText, figureText, type FigureUnit } from '../format';
import { TipDirective } from '../ui';
import { GlowDirective } from './glow.directive';
import { SparklineComponent } from './sparkline.component';

/**
 * A number that says what it counts: label (its definition on hover, focus or tap), figure that glows when it moves,
 * change against the period before, sparkline; the whole tile opens the rows behind it.
 * `value` null shows the loading form. What stands inside the tag comes below, for example the verdicts' shares.
 */
@Component({
  selector: 'tl-figure-tile',
  imports: [RouterLink, TipDirective, GlowDirective, SparklineComponent, SkeletonComponent],
  template: `
    <div class="head">
      <span class="label" tabindex="0" [tlTip]="definition()">{{ label() }}</span>
    </div>
    <div class="body">
      @if (value() === null) {
        <tl-skeleton width="72px" height="28px" />
      } @else {
        <span class="figure num" [tlGlow]="value()">
          @if (target(); as url) {
            <a class="rows" [routerLink]="url" [attr.aria-label]="figure() + ' ' + label() + ': open the rows'">{{
              figure()
            }}</a>
          } @else {
            {{ figure() }}
          }
        </span>
        @if (change() !== undefined) {
          <span class="change num" [attr.data-sense]="sense()" [tlTip]="against()">{{ changed() }}</span>
        }
      }
    </div>
    @if (trend().length > 1) {
      <tl-sparkline [points]="trend()" />
    }
    <ng-content />
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      flex-direction: column;
      gap: 4px;
      min-width: 0;
      padding: 14px 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius-panel);
      background: var(--surface-1);
      transition: border-color var(--quick) var(--ease);
    }
    :host(:has(.rows):hover) {
      border-color: var(--line-strong);
    }
    .head {
      display: flex;
      min-width: 0;
    }
    .label {
      position: relative;
      z-index: 1;
      min-width: 0;
      overflow: hidden;
      color: var(--ink-2);
      font-weight: 500;
      text-overflow: ellipsis;
      white-space: nowrap;
      text-decoration: underline dotted var(--line-control);
      text-decoration-thickness: 1px;
      text-underline-offset: 3px;
      cursor: help;
    }
    .label:hover {
      text-decoration-color: var(--ink-3);
    }
    .body {
      display: flex;
      align-items: baseline;
      gap: 8px;
      min-height: 32px;
    }
    .figure {
      font: var(--type-figure);
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.02em;
    }
    .rows {
      color: inherit;
      text-decoration: none;
    }
    .rows::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: var(--radius-panel);
    }
    .rows:focus-visible {
      outline: none;
    }
    .rows:focus-visible::after {
      outline: var(--focus);
      outline-offset: 1px;
    }
    .change {
      position: relative;
      z-index: 1;
      color: var(--ink-2);
      font: var(--type-meta);
      font-weight: 500;
    }
    .change[data-sense='good'] {
      color: var(--good);
    }
    .change[data-sense='bad'] {
      color: var(--bad);
    }
    tl-sparkline {
      margin-top: 4px;
    }
  `,
})
export class FigureTileComponent {
  readonly label = input.required<string>();
  readonly definition = input.required<string>();
  readonly value = input.required<number | null>();
  readonly unit = input<FigureUnit>('count');
  /** Against the period before, in percent; null where that was zero, which is said then; undefined where there is none. */
  readonly change = input<number | null | undefined>(undefined);
  /** The period before's value, said on hover. */
  readonly previous = input<number | null>(null);
  /** Which direction is good news; most figures have none. */
  readonly better = input<'up' | 'down' | null>(null);
  readonly trend = input<readonly number[]>([]);
  /** Path and query of the screen with the rows: `/inbox?opened=true`. */
  readonly rows = input('');

  private readonly router = inject(Router);
  private readonly locale = inject(LOCALE);

  protected readonly target = computed(() => (this.rows() ? this.router.parseUrl(this.rows()) : null));
  protected readonly figure = computed(() => figureText(this.value() ?? 0, this.unit(), this.locale));
  protected readonly changed = computed(() => {
    const change = this.change();
    if (change !== null && change !== undefined) return changeText(change, this.locale);
    return `was ${figureText(this.previous() ?? 0, this.unit(), this.locale)}`;
  });
  protected readonly sense = computed(() => {
    const change = this.change();
    if (!change || !this.better()) return 'none';
    return change > 0 === (this.better() === 'up') ? 'good' : 'bad';
  });
  protected readonly against = computed(() => {
    const previous = this.previous();
    return previous === null
      ? 'Against the period before'
      : `${figureText(previous, this.unit(), this.locale)} in the period before`;
  });
}
