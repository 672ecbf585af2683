import { Component, ElementRef, afterNextRender, computed, inject, input, output, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { SecondStepDue, SecondStepMethod } from '@threadline/contracts';
import { KeyRound } from 'lucide';
import { asProblem } from '../../core/api';
import { passkeys, type PasskeyJson } from '../../core/browser';
import { Session } from '../../core/session';
import { SecurityApi } from '../../data/security';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { PasskeysHere } from './passkeys-here';
import { refusalWords, type RefusalWords } from './refusal-words';

/** The second step of a sign-in: a code, a recovery code instead, or a passkey. */
@Component({
  selector: 'tl-second-step',
  imports: [ButtonDirective, FieldComponent, IconComponent, InputDirective, ReactiveFormsModule],
  template: `
    <form [formGroup]="form" (ngSubmit)="send()" novalidate>
      @if (has('passkey') && why() === '') {
        <button tlButton class="go" look="secondary" wide type="button" [busy]="busy()" (click)="sign()">
          <tl-icon [icon]="key" /> Use a passkey
        </button>
      }
      @if (recovering()) {
        <tl-field label="Recovery code" hint="One of those you kept when you set it up">
          <input
            tlInput
            type="text"
            formControlName="code"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
          />
        </tl-field>
      } @else if (has('totp')) {
        <tl-field label="Code" hint="Six digits of your authenticator app">
          <input tlInput type="text" formControlName="code" autocomplete="one-time-code" inputmode="numeric" />
        </tl-field>
      }
      @if (refused(); as words) {
        <p class="refused" role="alert">
          {{ words.text }}
          @if (words.requestId) {
            <code class="mono">{{ words.requestId }}</code>
          }
        </p>
      }
      @if (recovering() || has('totp')) {
        <button tlButton class="go" look="primary" wide type="submit" [busy]="busy()">Sign in</button>
      }
      <div class="others">
        @if (has('recovery_code')) {
          <button tlButton type="button" (click)="toggle()">
            {{ recovering() ? 'Back' : 'Use a recovery code' }}
          </button>
        }
        <button tlButton type="button" (click)="again.emit(null)">Sign in as somebody else</button>
      </div>
    </form>
  `,
  styleUrl: './gate.scss',
  styles: `
    .others {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-left: -8px;
    }
  `,
})
export class SecondStepPanel {
  readonly due = input.required<SecondStepDue>();
  readonly entered = output();
  /** Back to the first step; with words when it took too long. */
  readonly again = output<RefusalWords | null>();

  private readonly session = inject(Session);
  private readonly security = inject(SecurityApi);
  protected readonly why = inject(PasskeysHere).why;
  protected readonly key = KeyRound;
  protected readonly form = inject(NonNullableFormBuilder).group({ code: ['', Validators.required] });
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  private readonly chosen = signal(false);
  protected readonly recovering = computed(() => this.has('recovery_code') && this.chosen());

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.querySelector<HTMLElement>('input, button')?.focus());
  }

  protected has(method: SecondStepMethod): boolean {
    return this.due().methods.includes(method);
  }

  protected toggle(): void {
    this.form.reset();
    this.refused.set(null);
    this.chosen.update((chosen) => !chosen);
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    const code = this.form.getRawValue().code.trim();
    await this.show(() => Promise.resolve({ code }));
  }

  protected async sign(): Promise<void> {
    await this.show(async () => {
      const response = await passkeys.show(await this.security.askForSecondStep(this.due().mfaToken));
      return response && { response };
    });
  }

  private async show(shown: () => Promise<{ code: string } | { response: PasskeyJson } | null>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      const factor = await shown();
      if (!factor) return;
      await this.session.completeSignIn(this.due().mfaToken, factor);
      this.entered.emit();
    } catch (error) {
      const problem = asProblem(error);
      const words = refusalWords(problem, 'sign you in');
      if (problem.signedOut) this.again.emit({ text: problem.detail, requestId: null });
      else this.refused.set(words);
    } finally {
      this.busy.set(false);
    }
  }
}
