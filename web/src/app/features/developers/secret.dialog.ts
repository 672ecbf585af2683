import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrameComponent } from '../../shared/dialog';
import { ButtonDirective } from '../../shared/ui';
import { SecretOnceComponent } from './secret-once.component';

/** A secret after it was rotated, this once. */
@Component({
  selector: 'tl-secret-dialog',
  imports: [ButtonDirective, DialogFrameComponent, SecretOnceComponent],
  template: `
    <tl-dialog-frame heading="The new secret" once>
      <tl-secret-once
        [secret]="secret"
        sentence="The old one signs too for 24 hours, so that your program can change over without losing an event."
      />
      <ng-container tlDialogFoot>
        <button tlButton look="primary" type="button" (click)="dialog.close()">Done</button>
      </ng-container>
    </tl-dialog-frame>
  `,
})
export class SecretDialog {
  protected readonly secret = inject<string>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
}
