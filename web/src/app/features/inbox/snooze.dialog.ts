import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { type AbstractControl, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective } from '../../shared/form';
import { Ticker, localTime, momentOf } from '../../shared/format';
import { ButtonDirective } from '../../shared/ui';
import { tomorrowMorning } from './inbox.views';

/** Until when a conversation is snoozed, as precisely as wished. Closes with the moment, ISO 8601 in UTC. */
@Component({
  selector: 'tl-snooze-dialog',
  imports: [ButtonDirective, DialogFrameComponent, FieldComponent, InputDirective, ReactiveFormsModule],
  template: `
    <tl-dialog-frame heading="Snooze until">
      <form id="tl-snooze" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="Date and time" hint="By your clock">
          <input tlInput type="datetime-local" formControlName="until" />
        </tl-field>
      </form>
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-snooze">Snooze</button>
      </ng-container>
    </tl-dialog-frame>
  `,
})
export class SnoozeDialog {
  protected readonly dialog = inject<DialogRef<string>>(DialogRef);
  private readonly ticker = inject(Ticker);
  protected readonly form = inject(NonNullableFormBuilder).group({
    until: [
      localTime(tomorrowMorning(this.ticker.now())),
      [Validators.required, (control: AbstractControl<string>) => this.ahead(control.value)],
    ],
  });

  protected send(): void {
    // What lay ahead when it was typed may be past by now.
    this.form.controls.until.updateValueAndValidity();
    this.form.markAllAsTouched();
    if (this.form.valid) this.dialog.close(momentOf(this.form.getRawValue().until));
  }

  private ahead(local: string): { past: string } | null {
    const until = momentOf(local);
    if (!until || Date.parse(until) > this.ticker.now()) return null;
    return { past: 'This is in the past. Pick a moment that is still to come.' };
  }
}
