import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MAX_PASSWORD, MIN_PASSWORD } from '@threadline/contracts';
import { asProblem, showOnForm } from '../../../core/api';
import { AccountApi } from '../../../data/account';
import { SecurityStore } from '../../../data/security';
import {
  FieldComponent,
  InputDirective,
  PasswordStrengthComponent,
  RevealComponent,
  TakesFocusDirective,
} from '../../../shared/form';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective } from '../../../shared/ui';
import { securityWords } from './security-words';

/** Another password; every other device is signed out by it. */
@Component({
  selector: 'tl-password-panel',
  imports: [
    ButtonDirective,
    FieldComponent,
    InputDirective,
    PasswordStrengthComponent,
    ReactiveFormsModule,
    RevealComponent,
    TakesFocusDirective,
  ],
  template: `
    <section aria-labelledby="tl-password">
      <header>
        <div class="words">
          <h2 id="tl-password">Password</h2>
          <p>Changing it signs you out on every other device.</p>
        </div>
        @if (!open()) {
          <button tlButton look="secondary" type="button" (click)="open.set(true)">Change password</button>
        }
      </header>
      @if (open()) {
        <form class="card" tlTakesFocus [formGroup]="form" (ngSubmit)="send()" novalidate>
          <tl-field label="Current password">
            <input #present tlInput type="password" formControlName="current" autocomplete="current-password" />
            <tl-reveal tlFieldEnd [of]="present" />
          </tl-field>
          <div>
            <tl-field label="New password">
              <input #fresh tlInput type="password" formControlName="password" autocomplete="new-password" />
              <tl-reveal tlFieldEnd [of]="fresh" />
            </tl-field>
            <tl-password-strength [password]="form.controls.password" [least]="least" />
          </div>
          @if (refused(); as text) {
            <p class="refused" role="alert">{{ text }}</p>
          }
          <div class="acts">
            <button tlButton look="primary" type="submit" [busy]="busy()">Change password</button>
            <button tlButton type="button" (click)="close()">Cancel</button>
          </div>
        </form>
      }
    </section>
  `,
  styleUrl: './security.scss',
})
export class PasswordPanel {
  private readonly account = inject(AccountApi);
  private readonly store = inject(SecurityStore);
  private readonly toasts = inject(Toasts);
  protected readonly least = MIN_PASSWORD;
  protected readonly open = signal(false);
  protected readonly busy = signal(false);
  protected readonly refused = signal('');
  protected readonly form = inject(NonNullableFormBuilder).group({
    current: ['', Validators.required],
    // How long it has to be depends on the workspace, which the server knows: it says so.
    password: ['', [Validators.required, Validators.maxLength(MAX_PASSWORD)]],
  });

  protected close(): void {
    this.form.reset();
    this.refused.set('');
    this.open.set(false);
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.busy() || this.form.invalid) return;
    this.busy.set(true);
    this.refused.set('');
    try {
      const { current, password } = this.form.getRawValue();
      await this.account.changePassword(current, password);
      this.close();
      this.toasts.show({ text: 'Password changed' });
      await this.store.look();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_credentials') this.refused.set('The current password is not right.');
      else if (showOnForm(this.form, problem) !== '') this.refused.set(securityWords(problem, 'change the password'));
    } finally {
      this.busy.set(false);
    }
  }
}
