import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { asProblem, explain, showOnForm } from '../../../../core/api';
import type { MadeScimToken } from '../../../../data/scim-tokens';
import { DialogFrameComponent } from '../../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../../shared/page';
import { ButtonDirective, CopyButtonComponent } from '../../../../shared/ui';
import { SecretShownComponent } from '../../secret-shown.component';

export interface NewTokenRequest {
  /** What directories are given as their base URL. */
  baseUrl: string;
  create: (name: string) => Promise<MadeScimToken>;
}

/** Connects a directory: first its name, then the address and the token it needs, the token this once. */
@Component({
  selector: 'tl-new-token-dialog',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
    SecretShownComponent,
  ],
  template: `
    @if (token(); as secret) {
      <tl-dialog-frame heading="Give these to the directory" once>
        <p class="ink-2">Base URL, or tenant URL</p>
        <p class="address">
          <code class="mono">{{ asked.baseUrl }}</code><tl-copy [text]="asked.baseUrl" label="Copy the base URL" />
        </p>
        <tl-secret-shown
          label="SCIM token"
          [secret]="secret"
          sentence="The directory sends this token with every request. It is not shown again."
        />
        <ng-container tlDialogFoot>
          <button tlButton look="primary" type="button" (click)="dialog.close(true)">Done</button>
        </ng-container>
      </tl-dialog-frame>
    } @else {
      <tl-dialog-frame heading="Connect a directory">
        <form id="tl-new-token" [formGroup]="form" (ngSubmit)="send()" novalidate>
          <tl-field label="Name" hint="Which directory it is, such as Entra">
            <input tlInput type="text" formControlName="name" autocomplete="off" />
          </tl-field>
          @if (refused(); as error) {
            <tl-error [inline]="true" [error]="error" retry="" />
          }
        </form>
        <ng-container tlDialogFoot>
          <button tlButton type="button" (click)="dialog.close()">Cancel</button>
          <button tlButton look="primary" type="submit" form="tl-new-token" [busy]="busy()">Make a token</button>
        </ng-container>
      </tl-dialog-frame>
    }
  `,
  styles: `
    .address {
      display: flex;
      align-items: center;
      gap: 4px;
      margin-bottom: 16px;
    }
    code {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class NewTokenDialog {
  protected readonly asked = inject<NewTokenRequest>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);
  protected readonly token = signal<string | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusField();
    this.busy.set(true);
    try {
      this.token.set((await this.asked.create(this.form.getRawValue().name.trim())).token);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') this.focusField();
      else this.refused.set(explain(error, 'make a token', 'No token was made.'));
    } finally {
      this.busy.set(false);
    }
  }

  private focusField(): void {
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid')?.focus());
  }
}
