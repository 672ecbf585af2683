import { Component, ElementRef, computed, inject, resource, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { MIN_PASSWORD } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../core/api';
import { Session } from '../../core/session';
import { AccountApi, type Acceptance } from '../../data/account';
import { FieldComponent, InputDirective, PasswordStrengthComponent, RevealComponent } from '../../shared/form';
import { ErrorStateComponent, SkeletonComponent } from '../../shared/page';
import { ButtonDirective } from '../../shared/ui';
import { focusFirstInvalid } from './focus-first-invalid';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';
import { tokenInLink } from './token-in-link';

/** Who stands at the door: nobody known, whom the invitation is for, signed in, or somebody else signed in. */
type Guest = 'stranger' | 'same' | 'other';

/** Refusals after which signing in helps. */
const SIGN_IN_FIRST: readonly string[] = ['wrong_state', 'sso_required', 'invalid_credentials'];

/**
 * Coming into a workspace by the link of an invitation. It asks the same of everybody: whoever has the link does not learn
 * whether the address has an account.
 */
@Component({
  selector: 'tl-invitation-page',
  imports: [
    ReactiveFormsModule,
    RouterLink,
    ButtonDirective,
    ErrorStateComponent,
    FieldComponent,
    GateFrameComponent,
    InputDirective,
    PasswordStrengthComponent,
    RevealComponent,
    SkeletonComponent,
  ],
  templateUrl: './invitation.page.html',
  styleUrl: './gate.scss',
})
export class InvitationPage {
  private readonly account = inject(AccountApi);
  private readonly session = inject(Session);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly token = tokenInLink();
  protected readonly least = MIN_PASSWORD;
  protected readonly me = this.session.me;
  private readonly settled = resource({ loader: () => this.session.settled() });
  private readonly asked = resource({
    params: () => this.token() || undefined,
    loader: ({ params }) => this.account.preview(params),
  });
  private readonly used = signal(false);
  protected readonly invitation = computed(() =>
    this.settled.hasValue() && this.asked.hasValue() ? this.asked.value() : null,
  );
  protected readonly over = computed(
    () => this.used() || !this.token() || asProblem(this.cause()).code === 'invalid_token',
  );
  protected readonly trouble = computed(() => {
    const cause = this.cause();
    return cause && !this.over() ? explain(cause, 'look at the invitation') : null;
  });
  protected readonly guest = computed<Guest>(() => {
    const [me, invitation] = [this.me(), this.invitation()];
    if (!me) return 'stranger';
    return me.user.email.toLowerCase() === invitation?.email.toLowerCase() ? 'same' : 'other';
  });
  protected readonly heading = computed(() => `Join ${this.invitation()?.workspaceName ?? ''}`);
  protected readonly sentence = computed(() => {
    const invitation = this.invitation();
    if (!invitation) return '';
    return `${invitation.invitedBy ?? 'Somebody'} invites ${invitation.email}, with the role ${invitation.role}.`;
  });
  protected readonly about = computed(() => {
    const invitation = this.invitation();
    return invitation ? [invitation.workspaceName, invitation.email.split('@')[0] ?? '', this.name()] : [];
  });
  /** Where signing in leads back to. */
  protected readonly back = computed(() => ({ to: `/invitation#token=${this.token()}` }));

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(200)]],
    password: ['', [Validators.required]],
  });
  private readonly name = toSignal(this.form.controls.name.valueChanges, { initialValue: '' });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly signInFirst = signal(false);

  protected again(): void {
    this.asked.reload();
  }

  protected async send(): Promise<void> {
    const token = this.token();
    if (this.guest() === 'same') return this.accept({ token });
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstInvalid(this.host);
    const { name, password } = this.form.getRawValue();
    return this.accept({ token, name: name.trim(), password });
  }

  protected async signOut(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.session.signOut();
      location.reload();
    } catch (error) {
      this.refused.set(refusalWords(asProblem(error), 'sign you out'));
    } finally {
      this.busy.set(false);
    }
  }

  private async accept(acceptance: Acceptance): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.session.goOn(await this.account.accept(acceptance, { anonymous: !this.me() }));
    } catch (error) {
      this.busy.set(false);
      this.refuse(error);
    }
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    if (problem.code === 'invalid_token') return this.used.set(true);
    this.signInFirst.set(SIGN_IN_FIRST.includes(problem.code));
    if (problem.code === 'invalid_credentials') {
      return this.refused.set({ text: 'This address has an account, and this is not its password.', requestId: null });
    }
    const left = showOnForm(this.form, problem);
    if (problem.errors.length > 0 && left === '') return focusFirstInvalid(this.host);
    this.refused.set(refusalWords(problem, 'accept the invitation', left));
  }

  private cause(): unknown {
    const error = this.asked.error();
    return error ? (error.cause ?? error) : undefined;
  }
}
