import { Component, input, output } from '@angular/core';
import type { AuditSchedule } from '@threadline/contracts';
import { TimeComponent } from '../../../shared/format';
import { BadgeComponent, ButtonDirective, DangerButtonComponent } from '../../../shared/ui';
import { filterWords, slotWords } from './trail-words';

/** Exports that are made by themselves. */
@Component({
  selector: 'tl-schedule-list',
  imports: [BadgeComponent, ButtonDirective, DangerButtonComponent, TimeComponent],
  template: `
    @if (schedules().length > 0) {
      <ul aria-label="Scheduled exports">
        @for (each of schedules(); track each.id) {
          <li>
            <div class="words">
              <p class="what">
                <span>{{ each.name }}</span>
                @if (each.state === 'paused') {
                  <tl-badge [tone]="each.pausedBecause ? 'warn' : 'neutral'">Paused</tl-badge>
                }
              </p>
              <p class="meta ink-2">
                {{ slot(each) }} · {{ each.covers === 'new' ? 'what is new' : 'the whole log' }},
                {{ each.format.toUpperCase() }}{{ only(each) }} · {{ recipients(each) }}
              </p>
              @if (each.pausedBecause) {
                <p class="meta bad">{{ each.pausedBecause }}</p>
              }
              <p class="meta ink-2">
                Made for {{ each.createdBy.name }}
                @if (each.nextAt) {
                  · next <tl-time [at]="each.nextAt" [withClock]="true" />
                }
                @if (missed(each); as slots) {
                  · <span class="bad">missed {{ slots }}</span>
                }
              </p>
            </div>
            @if (mayWrite()) {
              <div class="acts">
                <button
                  tlButton
                  small
                  type="button"
                  [attr.aria-label]="'Edit ' + each.name"
                  (click)="edited.emit(each)"
                >
                  Edit
                </button>
                <button tlButton small type="button" [busy]="busy() === each.id" (click)="toggled.emit(each)">
                  {{ each.state === 'active' ? 'Pause' : 'Resume' }}
                </button>
                <tl-danger-button
                  small
                  label="Delete"
                  consequence="Make no more of these"
                  (confirmed)="deleted.emit(each)"
                />
              </div>
            }
          </li>
        }
      </ul>
    } @else {
      <p class="ink-2">
        No export is made by itself. A schedule makes one every day, week or month, and mails a link to whom you choose.
      </p>
    }
  `,
  styleUrl: './trail-list.scss',
})
export class ScheduleListComponent {
  readonly schedules = input.required<readonly AuditSchedule[]>();
  readonly mayWrite = input.required<boolean>();
  readonly busy = input<string | null>(null);
  readonly edited = output<AuditSchedule>();
  readonly toggled = output<AuditSchedule>();
  readonly deleted = output<AuditSchedule>();

  protected readonly slot = slotWords;

  protected only({ filters }: AuditSchedule): string {
    return Object.keys(filters).length > 0 ? `, only ${filterWords(filters)}` : '';
  }

  protected recipients({ recipientIds: { length } }: AuditSchedule): string {
    if (length === 0) return 'nobody is mailed';
    return `${length} ${length === 1 ? 'person is' : 'people are'} mailed a link`;
  }

  /** The slots that nobody could make, of the newest ten. */
  protected missed({ slots }: AuditSchedule): string {
    return slots
      .filter(({ state }) => state === 'missed')
      .map(({ slot }) => slot.replace('T', ' '))
      .join(', ');
  }
}
