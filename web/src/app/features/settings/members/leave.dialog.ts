import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { explain } from '../../../core/api';
import { DialogFrameComponent } from '../../../shared/dialog';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';

export interface LeaveRequest {
  workspace: string;
  leave: () => Promise<void>;
}

/** What leaving means. Closes with true when one has left. */
@Component({
  selector: 'tl-leave-dialog',
  imports: [ButtonDirective, DialogFrameComponent, ErrorStateComponent],
  template: `
    <tl-dialog-frame [heading]="'Leave ' + asked.workspace">
      <p>
        You are signed out of {{ asked.workspace }} at once, on every device. Your leads and conversations are then
        nobody’s. To come back you need an invitation.
      </p>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Stay</button>
        <button tlButton look="danger" type="button" [busy]="busy()" (click)="leave()">
          Leave {{ asked.workspace }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    p {
      color: var(--ink-2);
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class LeaveDialog {
  protected readonly asked = inject<LeaveRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<true>>(DialogRef);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async leave(): Promise<void> {
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.asked.leave();
      this.dialog.close(true);
    } catch (error) {
      this.refused.set(explain(error, 'leave'));
    } finally {
      this.busy.set(false);
    }
  }
}
