import { Component, computed, input } from '@angular/core';

/** A quiet bar where a line of text is on its way. */
@Component({
  selector: 'tl-skeleton',
  template: '',
  host: { '[style.width]': 'width()', '[style.height]': 'height()', 'aria-hidden': 'true' },
  styles: `
    :host {
      display: block;
      max-width: 100%;
      border-radius: 4px;
      background: var(--line);
      animation: tl-breathe 1.6s ease-in-out infinite alternate;
    }
    @keyframes tl-breathe {
      from {
        opacity: 0.55;
      }
    }
  `,
})
export class SkeletonComponent {
  readonly width = input('100%');
  readonly height = input('10px');
}

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '75%'];

/**
 * Rows on their way, in the measure of the list they stand for:
 * `<tl-skeleton-rows label="Loading leads" [count]="12" [lines]="2" avatar />`.
 */
@Component({
  selector: 'tl-skeleton-rows',
  imports: [SkeletonComponent],
  template: `
    @for (width of rows(); track $index) {
      <div class="row" [style.height]="height()">
        @if (avatar() !== false) {
          <span class="disc"></span>
        }
        <span class="lines">
          <tl-skeleton [width]="width" />
          @if (lines() > 1) {
            <tl-skeleton width="86%" height="8px" />
          }
        </span>
      </div>
    }
  `,
  host: { role: 'status', '[attr.aria-label]': 'label()' },
  styles: `
    :host {
      display: block;
    }
    .row {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 0 16px;
      border-bottom: 1px solid var(--line);
    }
    .disc {
      flex: none;
      width: 28px;
      height: 28px;
      border-radius: 50%;
      background: var(--surface-2);
    }
    .lines {
      display: grid;
      flex: 1;
      gap: 8px;
    }
  `,
})
export class SkeletonRowsComponent {
  readonly count = input(8);
  readonly lines = input<1 | 2>(1);
  readonly avatar = input<boolean | ''>(false);
  /** Height of a row; the table's row when absent. */
  readonly height = input('var(--row)');
  readonly label = input('Loading');
  protected readonly rows = computed(() =>
    Array.from({ length: this.count() }, (_, at) => WIDTHS[at % WIDTHS.length] ?? '60%'),
  );
}
