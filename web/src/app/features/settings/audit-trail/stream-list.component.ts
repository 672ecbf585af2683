import { Component, input, output } from '@angular/core';
import type { AuditStream } from '@threadline/contracts';
import { TimeComponent } from '../../../shared/format';
import { BadgeComponent, ButtonDirective, DangerButtonComponent } from '../../../shared/ui';
import { fareOf, lagWords, placeWords } from './trail-words';

/** Where the log goes by itself, and how each stream fares. */
@Component({
  selector: 'tl-stream-list',
  imports: [BadgeComponent, ButtonDirective, DangerButtonComponent, TimeComponent],
  template: `
    @if (streams().length > 0) {
      <ul aria-label="Streams">
        @for (each of streams(); track each.id) {
          @let fare = fareOf(each);
          <li>
            <div class="words">
              <p class="what">
                <span>{{ each.name }}</span>
                <tl-badge [tone]="fare.tone">{{ fare.words }}</tl-badge>
              </p>
              <p class="meta ink-2">{{ place(each) }}</p>
              <p class="meta ink-2">
                {{ lag(each) }}
                @if (each.lastDeliveredAt) {
                  · last delivered <tl-time [at]="each.lastDeliveredAt" />
                }
              </p>
              @if (each.lastError) {
                <p class="meta bad">
                  {{ each.lastError }}
                  @if (each.nextAt) {
                    Tried {{ each.failures }} {{ each.failures === 1 ? 'time' : 'times' }}, again
                    <tl-time [at]="each.nextAt" [withClock]="true" />.
                  }
                </p>
              }
            </div>
            @if (mayWrite()) {
              <div class="acts">
                <button tlButton small type="button" [busy]="busy() === each.id" (click)="tested.emit(each)">
                  Test
                </button>
                <button tlButton small type="button" (click)="toggled.emit(each)">
                  {{ each.state === 'active' ? 'Pause' : 'Resume' }}
                </button>
                @if (each.kind === 'webhook') {
                  <button tlButton small type="button" (click)="renewed.emit(each)">New secret</button>
                }
                <tl-danger-button
                  small
                  label="Delete"
                  consequence="Send nothing there any more"
                  (confirmed)="deleted.emit(each)"
                />
              </div>
            }
          </li>
        }
      </ul>
    } @else {
      <p class="ink-2">
        The log goes nowhere by itself. A stream sends every entry to your SIEM, in order, by webhook or syslog.
      </p>
    }
  `,
  styleUrl: './trail-list.scss',
})
export class StreamListComponent {
  readonly streams = input.required<readonly AuditStream[]>();
  readonly mayWrite = input.required<boolean>();
  readonly busy = input<string | null>(null);
  readonly toggled = output<AuditStream>();
  readonly tested = output<AuditStream>();
  readonly renewed = output<AuditStream>();
  readonly deleted = output<AuditStream>();

  protected readonly fareOf = fareOf;
  protected readonly place = placeWords;
  protected readonly lag = lagWords;
}
