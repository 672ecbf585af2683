import { Component, computed, inject, input, output, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { Passkey, PasskeyOffer } from '@threadline/contracts';
import { KeyRound } from 'lucide';
import { passkeys } from '../../../core/browser';
import { Session } from '../../../core/session';
import { SecurityStore } from '../../../data/security';
import { FieldComponent, InputDirective, TakesFocusDirective } from '../../../shared/form';
import { TimeComponent } from '../../../shared/format';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective, DangerButtonComponent, IconComponent } from '../../../shared/ui';
import { Attempts } from './attempts';

/** Passkeys: they sign in by themselves, and prove who one is. */
@Component({
  selector: 'tl-passkeys-panel',
  imports: [
    ButtonDirective,
    DangerButtonComponent,
    FieldComponent,
    IconComponent,
    InputDirective,
    ReactiveFormsModule,
    TakesFocusDirective,
    TimeComponent,
  ],
  template: `
    <section aria-labelledby="tl-passkeys">
      <header>
        <div class="words">
          <h2 id="tl-passkeys">Passkeys</h2>
          <p>
            Sign in with your fingerprint, face or device PIN, without a password. Adding or removing one signs you out
            everywhere else.
          </p>
        </div>
        @if (!why() && !naming()) {
          <button tlButton look="secondary" type="button" (click)="begin()">Add a passkey</button>
        }
      </header>
      @if (why(); as sentence) {
        <p class="why">{{ sentence }}</p>
      }
      @if (naming()) {
        <form class="card" tlTakesFocus [formGroup]="form" (ngSubmit)="add()" novalidate>
          <tl-field label="Name" hint="So that you know it again, such as the device it is on">
            <input tlInput type="text" formControlName="name" autocomplete="off" maxlength="100" />
          </tl-field>
          <div class="acts">
            <button tlButton look="primary" type="submit" [busy]="attempts.busy()">Create the passkey</button>
            <button tlButton type="button" (click)="naming.set(false)">Cancel</button>
          </div>
        </form>
      }
      @if (attempts.refused(); as text) {
        <p class="refused" role="alert">{{ text }}</p>
      }
      @if (passkeys().length) {
        <ul>
          @for (passkey of passkeys(); track passkey.id) {
            <li>
              <tl-icon [icon]="icon" />
              @if (renaming() === passkey.id) {
                <form class="rename" tlTakesFocus [formGroup]="form" (ngSubmit)="rename(passkey)" novalidate>
                  <tl-field label="Name" labelHidden>
                    <input tlInput type="text" formControlName="name" autocomplete="off" maxlength="100" />
                  </tl-field>
                  <button tlButton look="primary" type="submit" [busy]="attempts.busy()">Save</button>
                  <button tlButton type="button" (click)="renaming.set(null)">Cancel</button>
                </form>
              } @else {
                <div class="words">
                  <p class="name truncate">{{ passkey.name }}</p>
                  <p class="meta">
                    Added <tl-time [at]="passkey.createdAt" />
                    @if (passkey.lastUsedAt) {
                      · used <tl-time [at]="passkey.lastUsedAt" [withClock]="true" />
                    }
                    @if (passkey.backedUp) {
                      · kept in step between your devices
                    }
                  </p>
                </div>
                <button
                  tlButton
                  small
                  type="button"
                  [attr.aria-label]="'Rename ' + passkey.name"
                  (click)="edit(passkey)"
                >
                  Rename
                </button>
                <tl-danger-button
                  small
                  label="Remove"
                  consequence="Remove this passkey"
                  (confirmed)="remove(passkey)"
                />
              }
            </li>
          }
        </ul>
      }
    </section>
  `,
  styleUrl: './security.scss',
})
export class PasskeysPanel {
  readonly passkeys = input.required<readonly Passkey[]>();
  readonly offer = input.required<PasskeyOffer>();
  /** Recovery codes that came with the first factor. */
  readonly codes = output<readonly string[]>();
  private readonly store = inject(SecurityStore);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly icon = KeyRound;
  protected readonly attempts = new Attempts();
  protected readonly naming = signal(false);
  protected readonly renaming = signal<string | null>(null);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
  });
  protected readonly why = computed(() => passkeys.why(this.offer()));

  protected begin(): void {
    this.renaming.set(null);
    this.form.reset();
    this.naming.set(true);
  }

  protected edit(passkey: Passkey): void {
    this.naming.set(false);
    this.form.setValue({ name: passkey.name });
    this.renaming.set(passkey.id);
  }

  protected async add(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    const { name } = this.form.getRawValue();
    await this.attempts.run('add the passkey', async () => {
      const codes = await this.store.change(async (api) => {
        const response = await passkeys.make(await api.askToAddPasskey());
        return response ? api.addPasskey(response, name.trim()) : undefined;
      });
      if (codes === undefined) return;
      this.naming.set(false);
      this.toasts.show({ text: 'Passkey added' });
      if (codes) this.codes.emit(codes);
    });
  }

  protected async rename(passkey: Passkey): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    const { name } = this.form.getRawValue();
    const renamed = await this.attempts.run('rename the passkey', () =>
      this.store.change((api) => api.renamePasskey(passkey.id, name.trim())),
    );
    if (renamed) this.renaming.set(null);
  }

  protected async remove(passkey: Passkey): Promise<void> {
    const removed = await this.attempts.run('remove the passkey', () =>
      this.store.change((api) => api.removePasskey(passkey.id)),
    );
    if (!removed) return;
    this.toasts.show({ text: 'Passkey removed' });
    await this.session.reread();
  }
}
