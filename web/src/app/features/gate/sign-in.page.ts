import { Component, ElementRef, booleanAttribute, computed, inject, input, signal, viewChild } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { asProblem, showOnForm } from '../../core/api';
import { Session, returnUrl } from '../../core/session';
import { FieldComponent, InputDirective, RevealComponent } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { GateFrameComponent } from './gate-frame.component';
import { focusFirstInvalid } from './focus-first-invalid';
import { refusalWords, type RefusalWords } from './refusal-words';

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
    RevealComponent,
  ],
  templateUrl: './sign-in.page.html',
  styleUrl: './gate.scss',
})
export class SignInPage {
  /** Where to go afterwards. */
  readonly to = input<string>();
  /** The session ended without the person's doing. */
  readonly ended = input(false, { transform: booleanAttribute });

  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly password = viewChild.required<ElementRef<HTMLInputElement>>('password');

  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email]],
    password: ['', [Validators.required]],
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly carried = computed(() => (this.to() ? { to: this.to() } : {}));

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstInvalid(this.host);
    this.busy.set(true);
    try {
      const { email, password } = this.form.getRawValue();
      await this.session.signIn(email.trim(), password);
      await this.router.navigateByUrl(returnUrl(this.to(), location.origin));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    const left = showOnForm(this.form, problem);
    if (problem.errors.length > 0 && left === '') return focusFirstInvalid(this.host);
    this.refused.set(refusalWords(problem, 'sign you in', left));
    if (problem.code === 'invalid_credentials') this.password().nativeElement.select();
  }
}
