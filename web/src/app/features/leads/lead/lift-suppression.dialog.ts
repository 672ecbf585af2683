import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { LONGEST_LIFT_REASON } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';

export interface LiftAsked {
  address: string;
  lift: (reason: string) => Promise<void>;
}

/** Asks why it is right to write to a suppressed address again. Closes with true. */
@Component({
  selector: 'tl-lift-suppression-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame heading="Send there again">
      <form id="tl-lift" [formGroup]="form" (ngSubmit)="lift()" novalidate>
        <p class="ink-2">Mail may go to {{ asked.address }} again. If it comes back once more, it stops again.</p>
        <tl-field label="Why" hint="Stands in the lead’s timeline and the audit log">
          <textarea tlInput rows="3" formControlName="reason"></textarea>
        </tl-field>
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-lift" [busy]="busy()">Allow mail to this address</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
    }
    p {
      margin: 0;
      overflow-wrap: anywhere;
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class LiftSuppressionDialog {
  protected readonly asked = inject<LiftAsked>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<true>>(DialogRef);
  protected readonly form = inject(NonNullableFormBuilder).group({
    reason: ['', [Validators.required, Validators.pattern(/\S/), Validators.maxLength(LONGEST_LIFT_REASON)]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async lift(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    try {
      await this.asked.lift(this.form.getRawValue().reason);
      this.dialog.close(true);
    } catch (error) {
      if (showOnForm(this.form, asProblem(error)) !== '')
        this.refused.set(explain(error, 'allow mail to this address'));
    } finally {
      this.busy.set(false);
    }
  }
}
