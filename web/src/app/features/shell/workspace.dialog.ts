import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { OwnWorkspace } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../core/api';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../shared/page';
import { ButtonDirective } from '../../shared/ui';

export interface NewWorkspaceRequest {
  create: (name: string) => Promise<OwnWorkspace>;
}

/** A further workspace. Closes with it. */
@Component({
  selector: 'tl-workspace-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame heading="New workspace">
      <form id="tl-workspace" [formGroup]="form" (ngSubmit)="create()" novalidate>
        <tl-field label="Name" hint="You become its owner. Nothing is shared between workspaces but your account.">
          <input tlInput type="text" formControlName="name" autocomplete="organization" />
        </tl-field>
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-workspace" [busy]="busy()">Create and open it</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class WorkspaceDialog {
  private readonly asked = inject<NewWorkspaceRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<OwnWorkspace>>(DialogRef);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(200)]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async create(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    try {
      this.dialog.close(await this.asked.create(this.form.getRawValue().name.trim()));
    } catch (error) {
      const problem = asProblem(error);
      if (showOnForm(this.form, problem) !== '') this.refused.set(explain(problem, 'create the workspace'));
    } finally {
      this.busy.set(false);
    }
  }
}
