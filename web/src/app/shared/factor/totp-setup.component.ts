import { Component, computed, inject, input, output } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { FieldComponent, InputDirective } from '../form';
import { ButtonDirective, CopyButtonComponent } from '../ui';
import { QrComponent } from './qr.component';

/** Setting up an authenticator app: the code to scan, the seed to type, and the first code to show. */
@Component({
  selector: 'tl-totp-setup',
  imports: [ButtonDirective, CopyButtonComponent, FieldComponent, InputDirective, QrComponent, ReactiveFormsModule],
  template: `
    <div class="scan">
      <tl-qr [text]="otpauthUrl()" label="QR code for the authenticator app" />
      <div class="words">
        <p>Scan this with your authenticator app. If you cannot scan, type this key instead:</p>
        <p class="seed">
          <code class="mono">{{ spaced() }}</code>
          <tl-copy [text]="secret()" label="Copy the key" />
        </p>
      </div>
    </div>
    <form [formGroup]="form" (ngSubmit)="send()" novalidate>
      <tl-field label="Code that the app shows" [problem]="problem()">
        <input
          tlInput
          type="text"
          formControlName="code"
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength="12"
        />
      </tl-field>
      <div class="acts">
        <ng-content />
        <button tlButton look="primary" type="submit" [busy]="busy()">Turn it on</button>
      </div>
    </form>
  `,
  styles: `
    :host,
    form {
      display: grid;
      gap: 16px;
    }
    .scan {
      display: flex;
      flex-wrap: wrap;
      gap: 16px;
    }
    .words {
      flex: 1 1 200px;
      display: grid;
      align-content: start;
      gap: 8px;
      color: var(--ink-2);
    }
    .seed {
      display: flex;
      align-items: center;
      gap: 4px;
    }
    code {
      color: var(--ink-1);
      overflow-wrap: anywhere;
    }
    .acts {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class TotpSetupComponent {
  readonly secret = input.required<string>();
  readonly otpauthUrl = input.required<string>();
  readonly busy = input(false);
  /** Why the last code was refused. */
  readonly problem = input('');
  readonly confirmed = output<string>();
  protected readonly form = inject(NonNullableFormBuilder).group({ code: ['', Validators.required] });
  protected readonly spaced = computed(() => this.secret().replace(/(.{4})(?=.)/gu, '$1 '));

  protected send(): void {
    this.form.markAllAsTouched();
    if (this.form.valid) this.confirmed.emit(this.form.getRawValue().code.trim());
  }
}
