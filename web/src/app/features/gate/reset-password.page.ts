import { Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { MIN_PASSWORD } from '@threadline/contracts';
import { asProblem, showOnForm } from '../../core/api';
import { AccountApi } from '../../data/account';
import { FieldComponent, InputDirective, PasswordStrengthComponent, RevealComponent } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { focusFirstInvalid } from './focus-first-invalid';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';
import { tokenInLinkOnce } from './token-in-link';

/** A new password by the link that was mailed. Signs nobody in. */
@Component({
  selector: 'tl-reset-password-page',
  imports: [
    ReactiveFormsModule,
    RouterLink,
    ButtonDirective,
    FieldComponent,
    GateFrameComponent,
    InputDirective,
    PasswordStrengthComponent,
    RevealComponent,
  ],
  template: `
    @if (state() === 'done') {
      <tl-gate-frame heading="Your new password is set">
        <p role="status">You are signed out on every device. Sign in with the new password to go on.</p>
        <a tlButton look="primary" class="go" wide routerLink="/sign-in">Sign in</a>
      </tl-gate-frame>
    } @else if (state() === 'over' || token === '') {
      <tl-gate-frame heading="This link is not valid any more">
        <p role="alert">It was used, is older than 30 minutes, or is not whole. Your password has not changed.</p>
        <a tlButton look="primary" class="go" wide routerLink="/forgot-password">Ask for another link</a>
        <ng-container tlGateFoot><a routerLink="/sign-in">Back to sign in</a></ng-container>
      </tl-gate-frame>
    } @else {
      <tl-gate-frame heading="Set a new password" sentence="You are then signed out on every device.">
        <form [formGroup]="form" (ngSubmit)="send()" novalidate>
          <div>
            <tl-field label="New password">
              <input #password tlInput type="password" formControlName="password" autocomplete="new-password" />
              <tl-reveal tlFieldEnd [of]="password" />
            </tl-field>
            <tl-password-strength [password]="form.controls.password" [least]="least" />
          </div>
          @if (refused(); as words) {
            <p class="refused" role="alert">{{ words.text }}</p>
          }
          <button tlButton class="go" look="primary" wide type="submit" [busy]="busy()">Set the password</button>
        </form>
        <ng-container tlGateFoot><a routerLink="/sign-in">Back to sign in</a></ng-container>
      </tl-gate-frame>
    }
  `,
  styleUrl: './gate.scss',
})
export class ResetPasswordPage {
  private readonly account = inject(AccountApi);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly token = tokenInLinkOnce();
  protected readonly least = MIN_PASSWORD;
  // How long it has to be depends on the account, which only the server knows: it says so.
  protected readonly form = inject(NonNullableFormBuilder).group({ password: ['', [Validators.required]] });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly state = signal<'open' | 'over' | 'done'>('open');

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstInvalid(this.host);
    this.busy.set(true);
    try {
      await this.account.resetPassword(this.token, this.form.getRawValue().password);
      this.state.set('done');
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_token') return this.state.set('over');
      const left = showOnForm(this.form, problem);
      if (problem.errors.length > 0 && left === '') return focusFirstInvalid(this.host);
      this.refused.set(refusalWords(problem, 'set the password', left));
    } finally {
      this.busy.set(false);
    }
  }
}
