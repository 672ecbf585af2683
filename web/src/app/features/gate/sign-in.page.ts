import { Component, ElementRef, booleanAttribute, computed, inject, input, signal, viewChild } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import type { SecondStepDue } from '@threadline/contracts';
import { asProblem, showOnForm } from '../../core/api';
import { Session, returnUrl } from '../../core/session';
import { FieldComponent, InputDirective, RevealComponent } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { GateFrameComponent } from './gate-frame.component';
import { focusFirst } from './focus-first';
import { focusFirstInvalid } from './focus-first-invalid';
import { refusalWords, type RefusalWords } from './refusal-words';
import { PasskeyDoorPanel } from './passkey-door.panel';
import { RegistrationHere } from './registration-here';
import { SecondStepPanel } from './second-step.panel';
import { SsoDoorPanel } from './sso-door.panel';

/** Sign in with e-mail address and password, then on to where one wanted to go. */
@Component({
  selector: 'tl-sign-in-page',
  imports: [
    ReactiveFormsModule,
    RouterLink,
    ButtonDirective,
    FieldComponent,
    GateFrameComponent,
    InputDirective,
    PasskeyDoorPanel,
    RevealComponent,
    SecondStepPanel,
    SsoDoorPanel,
  ],
  templateUrl: './sign-in.page.html',
  styleUrl: './gate.scss',
})
export class SignInPage {
  /** Where to go afterwards. */
  readonly to = input<string>();
  /** The session ended without the person's doing. */
  readonly ended = input(false, { transform: booleanAttribute });

  /** A workspace's own entrance: its id. */
  readonly workspace = input<string>();
  /** How a visit to an identity provider ended. */
  readonly sso = input<string>();

  protected readonly open = inject(RegistrationHere).open;
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly password = viewChild<ElementRef<HTMLInputElement>>('password');

  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email]],
    password: ['', [Validators.required]],
  });
  /** The second step, when the account has one. */
  protected readonly due = signal<SecondStepDue | null>(null);
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly carried = computed(() => (this.to() ? { to: this.to() } : {}));

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
      const { email, password } = this.form.getRawValue();
      const due = await this.session.signIn(email.trim(), password);
      if (due) return this.due.set(due);
      await this.enter();
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(returnUrl(this.to(), location.origin));
  }

  protected again(words: RefusalWords | null): void {
    this.due.set(null);
    this.form.controls.password.reset();
    this.refused.set(words);
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    const left = showOnForm(this.form, problem);
    if (problem.errors.length > 0 && left === '') return focusFirstInvalid(this.host);
    this.refused.set(refusalWords(problem, 'sign you in', left));
    if (problem.code === 'invalid_credentials') this.password()?.nativeElement.select();
  }
}
