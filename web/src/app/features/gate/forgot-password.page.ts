import { Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { asProblem, showOnForm } from '../../core/api';
import { AccountApi } from '../../data/account';
import { MailboxHere } from '../../data/mailbox';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { focusFirst } from './focus-first';
import { focusFirstInvalid } from './focus-first-invalid';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';

/** Asks for a link to a new password; says the same whether or not there is such an account. */
@Component({
  selector: 'tl-forgot-password-page',
  imports: [ReactiveFormsModule, RouterLink, ButtonDirective, FieldComponent, GateFrameComponent, InputDirective],
  template: `
    @if (asked(); as email) {
      <tl-gate-frame heading="Look for the link">
        <p role="status">
          If <b>{{ email }}</b> has an account here, a link to a new password was mailed to it. It works once, for 30
          minutes.
        </p>
        @if (mailbox()) {
          <p>There is no mail server here: the mail is in <a routerLink="/mailbox">the Mailbox</a>.</p>
        } @else {
          <p class="ink-2">
            Nothing came? Look among the junk mail. Where no mail server is set up, mails stay in Threadline’s own
            Mailbox, where a colleague can open them. Whoever looks after this installation can make such a link too.
          </p>
        }
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
    email: [typedBefore(), [Validators.required, Validators.email, Validators.maxLength(320)]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  /** Mails stay here, where whoever is signed in may open them. */
  protected readonly mailbox = inject(MailboxHere).openable;
  /** The address a link was asked for. */
  protected readonly asked = signal<string | null>(null);

  constructor() {
    focusFirst();
  }

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

/** The address that was typed to sign in. */
function typedBefore(): string {
  const email: unknown = inject(Router).currentNavigation()?.extras.state?.['email'];
  return typeof email === 'string' ? email.trim() : '';
}
