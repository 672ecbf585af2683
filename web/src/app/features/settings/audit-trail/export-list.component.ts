import { Component, input, output } from '@angular/core';
import type { AuditExport } from '@threadline/contracts';
import { TimeComponent } from '../../../shared/format';
import { BadgeComponent, ButtonDirective } from '../../../shared/ui';
import { filterWords, leftWords, percent, sizeWords } from './trail-words';

/** Files of the audit log: how far each has come, and those that can be downloaded. */
@Component({
  selector: 'tl-export-list',
  imports: [BadgeComponent, ButtonDirective, TimeComponent],
  template: `
    @if (exports().length > 0) {
      <ul aria-label="Exports">
        @for (each of exports(); track each.id) {
          <li [class.asked]="each.id === asked()">
            <div class="words">
              <p class="what">
                <span>{{ what(each) }}</span>
                @switch (each.state) {
                  @case ('queued') {
                    <tl-badge>Waits</tl-badge>
                  }
                  @case ('failed') {
                    <tl-badge tone="bad">Failed</tl-badge>
                  }
                  @case ('cancelled') {
                    <tl-badge>Cancelled</tl-badge>
                  }
                }
              </p>
              @if (each.state === 'running' || each.state === 'queued') {
                <div class="progress">
                  <div
                    class="bar"
                    role="progressbar"
                    aria-label="Export"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    [attr.aria-valuenow]="percent(each)"
                  >
                    <span [style.inline-size.%]="percent(each)"></span>
                  </div>
                  <span class="num meta">{{ percent(each) }} %</span>
                </div>
              }
              <p class="meta ink-2">
                {{ each.scheduleId ? 'By schedule, for' : 'By' }} {{ each.createdBy.name }},
                <tl-time [at]="each.createdAt" />
                @if (each.state === 'done') {
                  · {{ size(each) }}
                  @if (each.downloadable && each.expiresAt) {
                    · kept until <tl-time [at]="each.expiresAt" />
                  } @else if (each.createdBy.id === own()) {
                    · removed
                  }
                } @else if (each.state === 'running') {
                  {{ left(each) }}
                }
              </p>
              @if (each.failure) {
                <p class="meta" [class.bad]="each.state === 'failed'">{{ each.failure }}</p>
              }
            </div>
            <div class="acts" [class.framed]="each.downloadable">
              @if (each.downloadable) {
                <button
                  tlButton
                  small
                  look="secondary"
                  type="button"
                  [busy]="busy() === each.id"
                  (click)="download.emit(each)"
                >
                  Download
                </button>
              } @else if (mayCancel(each)) {
                <button tlButton small type="button" [busy]="busy() === each.id" (click)="cancelled.emit(each)">
                  Cancel
                </button>
              }
            </div>
          </li>
        }
      </ul>
    } @else {
      <p class="ink-2">
        Nothing has been exported yet. An export is made beside your work, and kept for seven days for you alone.
      </p>
    }
  `,
  styleUrl: './trail-list.scss',
  styles: `
    .progress {
      display: flex;
      align-items: center;
      gap: 10px;
      max-width: 420px;
    }
    .bar {
      flex: 1;
      height: 6px;
      overflow: hidden;
      border-radius: 3px;
      background: var(--surface-2);
    }
    .bar span {
      display: block;
      height: 100%;
      border-radius: 3px;
      background: var(--accent);
      transition: inline-size 200ms linear;
    }
    @media (prefers-reduced-motion: reduce) {
      .bar span {
        transition: none;
      }
    }
  `,
})
export class ExportListComponent {
  readonly exports = input.required<readonly (AuditExport & { secondsLeft?: number | null })[]>();
  /** The one that is looked for. */
  readonly asked = input<string | null>(null);
  /** Who looks. */
  readonly own = input.required<string>();
  readonly mayWrite = input.required<boolean>();
  readonly busy = input<string | null>(null);
  readonly cancelled = output<AuditExport>();
  readonly download = output<AuditExport>();

  protected readonly percent = percent;
  protected readonly size = sizeWords;

  protected what({ filters, format }: AuditExport): string {
    return `${filterWords(filters)}, ${format.toUpperCase()}`;
  }

  protected left({ secondsLeft }: { secondsLeft?: number | null }): string {
    const words = leftWords(secondsLeft);
    return words ? `· ${words}` : '';
  }

  protected mayCancel({ state, createdBy }: AuditExport): boolean {
    return (state === 'queued' || state === 'running') && (this.mayWrite() || createdBy.id === this.own());
  }
}
