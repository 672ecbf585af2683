import { Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { explain } from '../../../core/api';
import { SecurityStore } from '../../../data/security';
import { ErrorStateComponent, PageHeadComponent, SkeletonRowsComponent } from '../../../shared/page';
import { DevicesPanel } from './devices.panel';
import { IdentitiesPanel } from './identities/identities.panel';
import { PasskeysPanel } from './passkeys.panel';
import { PasswordPanel } from './password.panel';
import { TotpPanel } from './totp.panel';

/** How one's own account is secured, and where it is signed in. */
@Component({
  selector: 'tl-security-page',
  imports: [
    DevicesPanel,
    ErrorStateComponent,
    IdentitiesPanel,
    PageHeadComponent,
    PasskeysPanel,
    PasswordPanel,
    SkeletonRowsComponent,
    TotpPanel,
  ],
  providers: [SecurityStore],
  template: `
    <tl-page-head heading="Security" sentence="How you sign in, and where you are signed in." />
    @if (security(); as security) {
      <div class="panels">
        <tl-password-panel />
        <tl-totp-panel #totp [factors]="security.factors" />
        <tl-passkeys-panel
          [passkeys]="security.factors.passkeys"
          [offer]="security.offer"
          (codes)="totp.show($event)"
        />
        <tl-identities-panel [outcome]="sso()" />
        <tl-devices-panel [devices]="security.devices" />
      </div>
    } @else if (error(); as error) {
      <tl-error [error]="error" (again)="look()" />
    } @else {
      <tl-skeleton-rows label="Loading" [count]="5" [lines]="2" height="72px" />
    }
  `,
  styles: `
    .panels {
      padding: 0 var(--page-edge) 32px;
    }
  `,
})
export class SecurityPage {
  /** How a visit to an identity provider ended that was to link an account. */
  readonly sso = input<string>();

  private readonly store = inject(SecurityStore);
  protected readonly security = toSignal(this.store.security$, { initialValue: null });
  private readonly failure = toSignal(this.store.error$, { initialValue: null });
  protected readonly error = computed(() => {
    const failure = this.failure();
    return failure ? explain(failure, 'load how your account is secured') : null;
  });

  constructor() {
    void this.store.look();
  }

  protected look(): void {
    void this.store.look();
  }
}
