import { Component, inject, input } from '@angular/core';
import { LOCALE, figureText, type FigureUnit } from '../format';

/**
 * Head of a page: title, count or one sentence, and to the right the actions, the primary one last:
 * `<tl-page-head heading="Leads" [count]="total()"><button tlButton look="primary">Add lead</button></tl-page-head>`.
 * `[tlPageHeadLead]` stands before the title (a way back on phones).
 */
@Component({
  selector: 'tl-page-head',
  template: `
    <ng-content select="[tlPageHeadLead]" />
    <div class="words">
      <h1 class="truncate">
        {{ heading() }}
        @if (count() !== null) {
          <span class="count num">{{ written(count()) }}</span>
        }
      </h1>
      @if (sentence()) {
        <p>{{ sentence() }}</p>
      }
    </div>
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 60px;
      padding: 12px var(--page-edge);
    }
    .words {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 12px;
      min-width: 0;
    }
    .count {
      margin-left: 4px;
      color: var(--ink-3);
      font-weight: 400;
    }
    p {
      color: var(--ink-2);
    }
    .actions {
      display: flex;
      flex: none;
      align-items: center;
      gap: 8px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class PageHeadComponent {
  readonly heading = input.required<string>();
  readonly count = input<number | null>(null);
  /** How the count is written. */
  readonly unit = input<FigureUnit>('count');
  readonly sentence = input('');
  private readonly locale = inject(LOCALE);

  protected written(count: number | null): string {
    return count === null ? '' : figureText(count, this.unit(), this.locale);
  }
}
