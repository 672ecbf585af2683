import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { asProblem, explain, showOnForm } from '../../core/api';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../shared/page';
import { ButtonDirective } from '../../shared/ui';

export interface ViewNameRequest {
  heading: string;
  name: string;
  /** Whether it can be shared here. */
  mayShare: boolean;
  save: (wanted: { name: string; shared: boolean }) => Promise<unknown>;
}

/** What a look at the audit log is called, and whether everybody who reads the log has it. */
@Component({
  selector: 'tl-view-name-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame [heading]="asked.heading">
      <form id="tl-view-name" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="Name">
          <input tlInput type="text" formControlName="name" autocomplete="off" />
        </tl-field>
        @if (asked.mayShare) {
          <label class="share">
            <input class="tl-check" type="checkbox" formControlName="shared" />
            <span>Share it with everybody who reads the audit log</span>
          </label>
        }
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-view-name" [busy]="busy()">Save view</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 12px;
    }
    .share {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    tl-error {
      margin-top: 12px;
    }
  `,
})
export class ViewNameDialog {
  protected readonly asked = inject<ViewNameRequest>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.asked.name, [Validators.required, Validators.maxLength(60)]],
    shared: false,
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      const { name, shared } = this.form.getRawValue();
      this.dialog.close(await this.asked.save({ name: name.trim(), shared }));
    } catch (error) {
      const problem = asProblem(error);
      if (problem.errors.length > 0 && showOnForm(this.form, problem) === '') return;
      this.refused.set(explain(error, 'save the view', 'Nothing was saved.'));
    } finally {
      this.busy.set(false);
    }
  }
}
