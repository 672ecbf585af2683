import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { Provider, ProviderConnection } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { ConnectionChange, NewConnection } from '../../../data/provider-connections';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { PROVIDER_CHOICES, PROVIDER_WORDS } from './provider-words';

export interface ConnectionRequest {
  /** The connection to change; null for a new one. */
  connection: ProviderConnection | null;
  create: (wanted: NewConnection) => Promise<ProviderConnection>;
  change: (id: string, change: ConnectionChange) => Promise<ProviderConnection>;
}

/** A provider's account: its name, and what its signatures are checked with. Closes with the connection. */
@Component({
  selector: 'tl-connection-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame [heading]="asked.connection ? asked.connection.name : 'Add a provider'">
      <form id="tl-connection" [formGroup]="form" (ngSubmit)="save()" novalidate>
        @if (!asked.connection) {
          <tl-field label="Provider" [hint]="words().about">
            <select tlInput formControlName="provider">
              @for (provider of choices; track provider) {
                <option [value]="provider">{{ book[provider].name }}</option>
              }
            </select>
          </tl-field>
        }
        <tl-field label="Name" hint="What colleagues know it by">
          <input tlInput type="text" formControlName="name" autocomplete="off" />
        </tl-field>
        <ng-container formGroupName="settings">
          @switch (words().setting) {
            @case ('secret') {
              <tl-field [label]="words().label" [hint]="hint()" [optional]="asked.connection !== null">
                <input tlInput type="password" class="mono" formControlName="secret" autocomplete="new-password" />
              </tl-field>
            }
            @case ('verificationKey') {
              <tl-field [label]="words().label" [hint]="words().hint">
                <textarea tlInput class="mono" rows="3" formControlName="verificationKey" spellcheck="false"></textarea>
              </tl-field>
            }
            @case ('topicArn') {
              <tl-field [label]="words().label" [hint]="words().hint">
                <input tlInput type="text" class="mono" formControlName="topicArn" autocomplete="off" />
              </tl-field>
            }
          }
        </ng-container>
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-connection" [busy]="busy()">
          {{ asked.connection ? 'Save' : 'Add provider' }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class ConnectionDialog {
  protected readonly asked = inject<ConnectionRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<ProviderConnection>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly book = PROVIDER_WORDS;
  protected readonly choices = PROVIDER_CHOICES;
  protected readonly form = inject(NonNullableFormBuilder).group({
    provider: this.asked.connection?.provider ?? ('sendgrid' as Provider),
    name: [this.asked.connection?.name ?? '', [Validators.required, Validators.maxLength(100)]],
    settings: inject(NonNullableFormBuilder).group({
      secret: '',
      verificationKey: this.asked.connection?.settings.verificationKey ?? '',
      topicArn: this.asked.connection?.settings.topicArn ?? '',
    }),
  });
  private readonly provider = toSignal(this.form.controls.provider.valueChanges, {
    initialValue: this.form.controls.provider.value,
  });
  protected readonly words = computed(() => PROVIDER_WORDS[this.provider()]);
  protected readonly hint = computed(() =>
    this.asked.connection ? 'Leave it empty to keep the one that is there' : this.words().hint,
  );
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    const { setting, label } = this.words();
    const { name, provider, settings } = this.form.getRawValue();
    const value = settings[setting].trim();
    const kept = setting === 'secret' && this.asked.connection !== null;
    if (value === '' && !kept) this.form.get(['settings', setting])?.setErrors({ server: `Enter the ${label}.` });
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    const fields = { name: name.trim(), settings: value === '' ? {} : { [setting]: value } };
    try {
      const { connection } = this.asked;
      const done = connection
        ? await this.asked.change(connection.id, fields)
        : await this.asked.create({ provider, ...fields });
      this.dialog.close(done);
    } catch (error) {
      if (showOnForm(this.form, asProblem(error)) === '') this.focusFirstInvalid();
      else this.refused.set(explain(error, this.asked.connection ? 'change the provider' : 'add the provider'));
    } finally {
      this.busy.set(false);
    }
  }

  private focusFirstInvalid(): void {
    // The invalid mark is on the element only after the next rendering.
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid')?.focus());
  }
}
