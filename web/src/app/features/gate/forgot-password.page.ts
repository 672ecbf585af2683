import { Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { asProblem, showOnForm } from '../../core/api';
import { AccountApi } from '../../data/account';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { focusFirstInvalid } from './focus-first-invalid';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';

/** Asks for a link to a new password; says the same whether or not there is such an account. */
@Component({
  selector: 'tl-forgot-password-page',
  imports: [ReactiveFormsModule, RouterLink, ButtonDirective, FieldComponent, GateFrameComponent, InputDirective],
  template: `
    @if (asked(); as email) {
      <tl-gate-frame heading="Look into your mail">
        <p role="status">
          If <b>{{ email }}</b> has an account here, a link to a new password is on its way there. It works once, for 30
          minutes.
        </p>
        <p class="ink-2">
          Nothing came? Look among the junk mail, or ask whoever looks after this installation: they can make such a
          link too.
        </p>
        <button tlButton look="secondary" class="go" wide type="button" (click)="asked.set(null)">
          Try another address
        </button>
        <ng-container tlGateFoot><a routerLink="/sign-in">Back to sign in</a></ng-container>
      </tl-gate-frame>
    } @else {
      <tl-gate-frame
        heading="Forgot your password?"
        sentence="We mail you a link to set a new one. Your present one works until then."
      >
        <form [formGroup]="form" (ngSubmit)="send()" novalidate>
          <tl-field label="E-mail">
            <input
              tlInput
              type="email"
              formControlName="email"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
            />
          </tl-field>
          @if (refused(); as words) {
            <p class="refused" role="alert">{{ words.text }}</p>
          }
          <button tlButton class="go" look="primary" wide type="submit" [busy]="busy()">Mail me a link</button>
        </form>
        <ng-container tlGateFoot><a routerLink="/sign-in">Back to sign in</a></ng-container>
      </tl-gate-frame>
    }
  `,
  styleUrl: './gate.scss',
})
export class ForgotPasswordPage {
  private readonly account = inject(AccountApi);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email, Validators.maxLength(320)]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  /** The address a link was asked for. */
  protected readonly asked = signal<string | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstInvalid(this.host);
    this.busy.set(true);
    try {
      const email = this.form.getRawValue().email.trim();
      await this.account.forgotPassword(email);
      this.asked.set(email);
    } catch (error) {
      const problem = asProblem(error);
      const left = showOnForm(this.form, problem);
      if (problem.errors.length > 0 && left === '') return focusFirstInvalid(this.host);
      this.refused.set(refusalWords(problem, 'ask for a link', left));
    } finally {
      this.busy.set(false);
    }
  }
}
