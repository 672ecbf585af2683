import { Component, computed, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { SecondFactors } from '@threadline/contracts';
import { Session } from '../../../core/session';
import { SecurityStore, ShownCodes, type TotpProposal, keepShownCodes } from '../../../data/security';
import { RecoveryCodesComponent, TotpSetupComponent } from '../../../shared/factor';
import { FieldComponent, InputDirective, TakesFocusDirective } from '../../../shared/form';
import { TimeComponent } from '../../../shared/format';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, ButtonDirective, DangerButtonComponent } from '../../../shared/ui';
import { Attempts } from './attempts';

/** The authenticator app, and the recovery codes that stand in for any factor. */
@Component({
  selector: 'tl-totp-panel',
  imports: [
    BadgeComponent,
    ButtonDirective,
    DangerButtonComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
    RecoveryCodesComponent,
    TakesFocusDirective,
    TimeComponent,
    TotpSetupComponent,
  ],
  template: `
    <section aria-labelledby="tl-totp">
      <header>
        <div class="words">
          <h2 id="tl-totp">
            Authenticator app
            @if (factors().totp) {
              <tl-badge tone="good" dot>On</tl-badge>
            }
          </h2>
          <p>
            @if (factors().totp; as totp) {
              Codes of your app are asked for after the password. Set up <tl-time [at]="totp.confirmedAt" />. Removing
              it signs you out everywhere else.
            } @else {
              A code of an app on your phone, asked for after the password. Setting it up signs you out everywhere else.
            }
          </p>
        </div>
        @if (factors().totp) {
          @if (!removing()) {
            <button tlButton look="danger-quiet" type="button" (click)="removing.set(true)">Remove</button>
          }
        } @else if (!proposal()) {
          <button tlButton look="secondary" type="button" [busy]="attempts.busy()" (click)="begin()">Set up</button>
        }
      </header>
      @if (proposal(); as totp) {
        <div class="card" tlTakesFocus>
          <tl-totp-setup
            [secret]="totp.secret"
            [otpauthUrl]="totp.otpauthUrl"
            [busy]="attempts.busy()"
            [problem]="attempts.refused()"
            (confirmed)="confirm($event)"
          >
            <button tlButton type="button" (click)="cancel()">Cancel</button>
          </tl-totp-setup>
        </div>
      } @else if (removing()) {
        <form class="card" tlTakesFocus [formGroup]="form" (ngSubmit)="remove()" novalidate>
          <tl-field label="Code" hint="Of the app you remove, or a recovery code" [problem]="attempts.refused()">
            <input tlInput type="text" formControlName="code" autocomplete="one-time-code" autocapitalize="none" />
          </tl-field>
          <div class="acts">
            <button tlButton look="danger" type="submit" [busy]="attempts.busy()">Remove the app</button>
            <button tlButton type="button" (click)="cancel()">Cancel</button>
          </div>
        </form>
      } @else if (attempts.refused(); as text) {
        <p class="refused" role="alert">{{ text }}</p>
      }
    </section>
    @if (secured()) {
      <section aria-labelledby="tl-recovery">
        <header>
          <div class="words">
            <h2 id="tl-recovery">Recovery codes</h2>
            <p>
              {{ factors().recoveryCodesLeft }} of 10 are left. Each signs you in once when your second factor is out of
              reach. New ones sign you out everywhere else.
            </p>
            @if (unkept()) {
              <p class="warn">You have not kept these yet: make new ones.</p>
            }
          </div>
          @if (!codes()) {
            <tl-danger-button
              label="New codes"
              consequence="Replace the old codes"
              [busy]="attempts.busy()"
              (confirmed)="renew()"
            />
          }
        </header>
        @if (codes(); as codes) {
          <div class="card" tlTakesFocus>
            <tl-recovery-codes [codes]="codes" [account]="email()" (done)="kept()" />
          </div>
        }
      </section>
    }
  `,
  styleUrl: './security.scss',
})
export class TotpPanel {
  readonly factors = input.required<SecondFactors>();
  private readonly store = inject(SecurityStore);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly attempts = new Attempts();
  protected readonly proposal = signal<TotpProposal | null>(null);
  protected readonly removing = signal(false);
  protected readonly codes = signal<readonly string[] | null>(null);
  private readonly shown = inject(ShownCodes);
  /** Codes that went unseen, as far as this browser knows. */
  protected readonly unkept = computed(() => this.codes() === null && this.shown.unkept());
  protected readonly form = inject(NonNullableFormBuilder).group({ code: ['', Validators.required] });
  protected readonly email = computed(() => this.session.me()?.user.email ?? '');
  protected readonly secured = computed(() => this.factors().totp !== null || this.factors().passkeys.length > 0);

  constructor() {
    keepShownCodes(computed(() => (this.secured() ? this.codes() : null)));
  }

  /** Shows codes that came with a factor. */
  show(codes: readonly string[]): void {
    this.codes.set(codes);
  }

  protected async begin(): Promise<void> {
    await this.attempts.run('set the app up', async () =>
      this.proposal.set(await this.store.change((api) => api.proposeTotp())),
    );
  }

  protected async confirm(code: string): Promise<void> {
    await this.attempts.run('turn it on', async () => {
      this.codes.set(await this.store.change((api) => api.confirmTotp(code)));
      this.proposal.set(null);
    });
  }

  protected async remove(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    const { code } = this.form.getRawValue();
    const removed = await this.attempts.run('remove it', () => this.store.change((api) => api.removeTotp(code.trim())));
    if (!removed) return;
    this.cancel();
    this.toasts.show({ text: 'Authenticator app removed' });
    await this.session.reread();
  }

  protected async renew(): Promise<void> {
    await this.attempts.run('make new codes', async () =>
      this.codes.set(await this.store.change((api) => api.renewRecoveryCodes())),
    );
  }

  protected cancel(): void {
    this.proposal.set(null);
    this.removing.set(false);
    this.attempts.refused.set('');
    this.form.reset();
  }

  protected kept(): void {
    this.shown.settled();
    this.codes.set(null);
  }
}
