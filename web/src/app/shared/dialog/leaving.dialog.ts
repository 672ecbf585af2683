import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { ButtonDirective } from '../ui';
import { DialogFrameComponent } from './dialog-frame.component';
import type { Loss } from './leaving.service';

/** Asks whether to leave what would be lost. Closes with true when it is to be left. */
@Component({
  selector: 'tl-leaving-dialog',
  imports: [ButtonDirective, DialogFrameComponent],
  template: `
    <tl-dialog-frame [heading]="loss.heading">
      <p>{{ loss.text }}</p>
      <ng-container tlDialogFoot>
        <button tlButton look="danger-quiet" type="button" (click)="dialog.close(true)">{{ loss.leave }}</button>
        <button tlButton class="stay" look="primary" type="button" (click)="dialog.close(false)">
          {{ loss.stay }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
})
export class LeavingDialog {
  protected readonly loss = inject<Loss>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<boolean>>(DialogRef);
}
