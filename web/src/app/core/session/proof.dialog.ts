import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { ProofMethod } from '@threadline/contracts';
import { KeyRound } from 'lucide';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective, RevealComponent } from '../../shared/form';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { asProblem, explain, type ApiProblem } from '../api';
import { passkeys, type PasskeyJson } from '../browser';

interface ProofOptions {
  methods: ProofMethod[];
  passkey: PasskeyJson | null;
}

export interface ProofRequest {
  options: ProofOptions;
  /** What a passkey signs is good once: for the second try it is asked for again. */
  again: () => Promise<ProofOptions>;
  prove: (shown: { password?: string; code?: string; response?: PasskeyJson }) => Promise<void>;
  signOut: () => Promise<void>;
}

/** Password, code or passkey, before something that a stolen session must not do. Closes with true when it was right. */
@Component({
  selector: 'tl-proof-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    FieldComponent,
    IconComponent,
    InputDirective,
    ReactiveFormsModule,
    RevealComponent,
  ],
  template: `
    <tl-dialog-frame heading="Confirm that it is you">
      <form id="tl-proof" [formGroup]="form" (ngSubmit)="send()" novalidate>
        @switch (way()) {
          @case ('password') {
            <p>This needs your password again. It then holds for a quarter of an hour.</p>
            <tl-field label="Password" [problem]="refused()">
              <input #secret tlInput type="password" formControlName="shown" autocomplete="current-password" />
              <tl-reveal tlFieldEnd [of]="secret" />
            </tl-field>
          }
          @case ('code') {
            <p>This needs your second factor again. It then holds for a quarter of an hour.</p>
            <tl-field
              label="Code"
              hint="Six digits of your authenticator app, or a recovery code"
              [problem]="refused()"
            >
              <input
                tlInput
                type="text"
                formControlName="shown"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
              />
            </tl-field>
          }
          @default {
            <p>
              Your account has nothing that could be asked for here. Sign out and in again; that counts for a quarter of
              an hour. If you sign in through your company, this may take a password of your own: set one by “Forgot
              your password?”.
            </p>
          }
        }
        @if (passkey()) {
          <button tlButton look="secondary" wide type="button" [busy]="busy()" (click)="sign()">
            <tl-icon [icon]="key" /> Use a passkey
          </button>
        }
      </form>
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close(false)">Cancel</button>
        @if (way() === 'again') {
          <button tlButton look="primary" type="button" (click)="leave()">Sign out</button>
        } @else {
          <button tlButton look="primary" type="submit" form="tl-proof" [busy]="busy()">Confirm</button>
        }
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
    }
    p {
      color: var(--ink-2);
      text-wrap: pretty;
    }
  `,
})
export class ProofDialog {
  protected readonly asked = inject<ProofRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<boolean>>(DialogRef);
  protected readonly key = KeyRound;

  protected readonly form = inject(NonNullableFormBuilder).group({ shown: ['', Validators.required] });
  protected readonly busy = signal(false);
  protected readonly refused = signal('');
  private readonly options = signal(this.asked.options);
  protected readonly passkey = computed(() => this.options().passkey);
  protected readonly way = computed(() => {
    const { methods } = this.options();
    if (methods.includes('password')) return 'password';
    return methods.includes('totp') || methods.includes('recovery_code') || methods.length > 0 ? 'code' : 'again';
  });

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.busy() || this.form.invalid) return;
    const { shown } = this.form.getRawValue();
    await this.prove(this.way() === 'password' ? { password: shown } : { code: shown.trim() });
  }

  protected async sign(): Promise<void> {
    const options = this.passkey();
    if (this.busy() || !options) return;
    await this.prove(async () => {
      const response = await passkeys.show(options);
      return response && { response };
    });
  }

  protected async leave(): Promise<void> {
    await this.asked.signOut();
    this.dialog.close(false);
  }

  private async prove(
    shown: Parameters<ProofRequest['prove']>[0] | (() => Promise<Parameters<ProofRequest['prove']>[0] | null>),
  ): Promise<void> {
    this.busy.set(true);
    this.refused.set('');
    try {
      const proof = typeof shown === 'function' ? await shown() : shown;
      if (!proof) return;
      await this.asked.prove(proof);
      this.dialog.close(true);
    } catch (error) {
      this.refused.set(words(asProblem(error)));
      if (this.passkey()) this.options.set(await this.asked.again().catch(() => this.options()));
    } finally {
      this.busy.set(false);
    }
  }
}

function words(problem: ApiProblem): string {
  switch (problem.code) {
    case 'invalid_credentials':
      return 'The password is not right.';
    case 'invalid_code':
      return 'The code is not right, or was used before: wait for the next one.';
    case 'invalid_passkey':
      return 'This passkey was not accepted.';
    case 'too_many_requests':
      return 'Too many wrong tries. Wait five minutes.';
    default:
      return explain(problem, 'confirm it', '').what;
  }
}
