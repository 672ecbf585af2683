import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import type { WebhookTest } from '@threadline/contracts';
import { DialogFrameComponent } from '../../shared/dialog';
import { BadgeComponent, ButtonDirective } from '../../shared/ui';
import { AttemptComponent } from './attempt.component';
import { outcomeOf, readable, took } from './webhook-words';

/** What the receiver said to a test event. */
@Component({
  selector: 'tl-test-dialog',
  imports: [AttemptComponent, BadgeComponent, ButtonDirective, DialogFrameComponent],
  template: `
    <tl-dialog-frame heading="Test event">
      <p class="outcome">
        <tl-badge [tone]="test.delivered ? 'good' : 'bad'">{{ outcome }}</tl-badge>
        {{ test.delivered ? 'The receiver took it' : (test.error ?? 'The receiver did not take it') }}, in {{ took }}.
      </p>
      <tl-attempt [attempt]="test" [payload]="payload" />
      <ng-container tlDialogFoot>
        <button tlButton look="primary" type="button" (click)="dialog.close()">Done</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    .outcome {
      display: flex;
      gap: 8px;
      align-items: center;
      margin-bottom: 12px;
    }
  `,
})
export class TestDialog {
  protected readonly test = inject<WebhookTest>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly outcome = outcomeOf(this.test);
  protected readonly took = took(this.test.durationMs);
  protected readonly payload = readable(this.test.payload);
}
