import { Component, computed, inject, input, output } from '@angular/core';
import type { OutgoingPause, WaitingChoice } from '@threadline/contracts';
import { TriangleAlert } from 'lucide';
import { LOCALE, TIME_ZONE, exactTime } from '../../shared/format';
import { ButtonDirective, DangerButtonComponent, IconComponent } from '../../shared/ui';

/** Says above every screen that webhooks and messages wait since a restore, and asks whoever may decide. */
@Component({
  selector: 'tl-outgoing-notice',
  imports: [ButtonDirective, DangerButtonComponent, IconComponent],
  template: `
    <tl-icon class="mark" [icon]="icon" />
    <p>
      <strong>Webhooks and messages are paused.</strong>
      This workspace was restored from a backup ({{ since() }}). {{ waiting() }}
      @if (!mayDecide()) {
        Somebody who may change the workspace decides.
      }
    </p>
    @if (mayDecide()) {
      <div class="acts">
        @if (something()) {
          <tl-danger-button
            small
            label="Send what waits"
            [consequence]="'Send ' + count() + ', perhaps twice'"
            [busy]="busy()"
            (confirmed)="resumed.emit('send')"
          />
          <button tlButton small look="secondary" type="button" [busy]="busy()" (click)="resumed.emit('cancel')">
            Cancel what waits
          </button>
        } @else {
          <button tlButton small look="secondary" type="button" [busy]="busy()" (click)="resumed.emit('send')">
            Resume
          </button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
      padding: 8px 16px;
      border-bottom: 1px solid var(--line);
      background: var(--warn-soft);
    }
    .mark {
      flex: none;
      color: var(--warn);
    }
    p {
      flex: 1 1 320px;
      margin: 0;
    }
    strong {
      font-weight: 600;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
  host: { role: 'status' },
})
export class OutgoingNoticeComponent {
  readonly pause = input.required<OutgoingPause>();
  readonly mayDecide = input.required<boolean>();
  readonly busy = input(false);
  readonly resumed = output<WaitingChoice>();
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);

  protected readonly icon = TriangleAlert;
  protected readonly since = computed(() => exactTime(this.pause().since, { zone: this.zone(), locale: this.locale }));
  protected readonly something = computed(() => this.pause().deliveries + this.pause().messages > 0);
  protected readonly count = computed(() => {
    const { deliveries, messages } = this.pause();
    const parts = [
      ...(deliveries > 0 ? [`${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'}`] : []),
      ...(messages > 0 ? [`${messages} ${messages === 1 ? 'message' : 'messages'}`] : []),
    ];
    return parts.join(' and ');
  });
  protected readonly waiting = computed(() =>
    this.something()
      ? `${this.count()} waited in it and may have left after it was made. What came since is sent in any case.`
      : 'Nothing waited in it; what came since is sent when you resume.',
  );
}
