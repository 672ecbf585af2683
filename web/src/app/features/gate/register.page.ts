import { Component, ElementRef, computed, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { MIN_PASSWORD } from '@threadline/contracts';
import { asProblem, showOnForm } from '../../core/api';
import { Session, returnUrl } from '../../core/session';
import { FieldComponent, InputDirective, PasswordStrengthComponent, RevealComponent } from '../../shared/form';
import { ButtonDirective } from '../../shared/ui';
import { focusFirst } from './focus-first';
import { focusFirstInvalid } from './focus-first-invalid';
import { GateFrameComponent } from './gate-frame.component';
import { RegistrationHere } from './registration-here';
import { refusalWords, type RefusalWords } from './refusal-words';

/** A new workspace and its owner. The token of a set-up link makes that person the installation's operator. */
@Component({
  selector: 'tl-register-page',
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
  templateUrl: './register.page.html',
  styleUrl: './gate.scss',
})
export class RegisterPage {
  readonly to = input<string>();
  /** The token of the one-time set-up link. */
  readonly setup = input<string>();

  private readonly here = inject(RegistrationHere);
  protected readonly open = computed(() => Boolean(this.setup()) || this.here.open());
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly least = MIN_PASSWORD;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(200)]],
    workspaceName: ['', [Validators.required, Validators.maxLength(200)]],
    email: ['', [Validators.required, Validators.email, Validators.maxLength(320)]],
    password: ['', [Validators.required, Validators.minLength(MIN_PASSWORD)]],
  });
  private readonly entered = toSignal(this.form.valueChanges, { initialValue: this.form.value });
  protected readonly about = computed(() => {
    const { name = '', workspaceName = '', email = '' } = this.entered();
    return [name, workspaceName, email.split('@')[0] ?? ''];
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly carried = computed(() => (this.to() ? { to: this.to() } : {}));
  protected readonly sentence = computed(() =>
    !this.open()
      ? 'New workspaces are not made here. Ask somebody who is in one to invite you.'
      : this.setup()
        ? 'This link sets the installation up: whoever registers with it looks after it.'
        : 'You become its owner. Everything stays on this server.',
  );

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
      const { name, workspaceName, email, password } = this.form.getRawValue();
      const setup = this.setup();
      await this.session.register({
        name: name.trim(),
        workspaceName: workspaceName.trim(),
        email: email.trim(),
        password,
        ...(setup ? { setupToken: setup } : {}),
      });
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
    if (left === '') return focusFirstInvalid(this.host);
    this.refused.set(refusalWords(problem, 'create the workspace', left));
  }
}
