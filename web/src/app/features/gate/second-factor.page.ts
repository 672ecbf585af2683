import { Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { KeyRound, Smartphone } from 'lucide';
import { asProblem } from '../../core/api';
import { passkeys } from '../../core/browser';
import { Session, returnUrl } from '../../core/session';
import { SecurityApi, ShownCodes, type TotpProposal, keepShownCodes } from '../../data/security';
import { Leaving } from '../../shared/dialog';
import { RecoveryCodesComponent, TotpSetupComponent } from '../../shared/factor';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { GateFrameComponent } from './gate-frame.component';
import { PasskeysHere } from './passkeys-here';
import { refusalWords } from './refusal-words';

/** The workspace asks for a second factor: nothing else is open until there is one. */
@Component({
  selector: 'tl-second-factor-page',
  imports: [ButtonDirective, GateFrameComponent, IconComponent, RecoveryCodesComponent, TotpSetupComponent],
  template: `
    <tl-gate-frame [heading]="heading()" [sentence]="sentence()">
      @if (codes(); as codes) {
        <tl-recovery-codes [codes]="codes" [account]="email()" (done)="keep()" />
      } @else if (proposal(); as totp) {
        <tl-totp-setup
          [secret]="totp.secret"
          [otpauthUrl]="totp.otpauthUrl"
          [busy]="busy()"
          [problem]="refused()"
          (confirmed)="confirm($event)"
        >
          <button tlButton type="button" (click)="proposal.set(null)">Back</button>
        </tl-totp-setup>
      } @else {
        <div class="ways">
          <button tlButton class="go" look="primary" wide type="button" [busy]="busy()" (click)="begin()">
            <tl-icon [icon]="icons.app" /> Use an authenticator app
          </button>
          @if (why() === '') {
            <button tlButton class="go" look="secondary" wide type="button" [busy]="busy()" (click)="makePasskey()">
              <tl-icon [icon]="icons.key" /> Use a passkey
            </button>
          }
          @if (refused(); as text) {
            <p class="refused" role="alert">{{ text }}</p>
          }
        </div>
      }
      <ng-container tlGateFoot>
        <button tlButton type="button" (click)="signOut()">Sign out</button>
      </ng-container>
    </tl-gate-frame>
  `,
  styleUrl: './gate.scss',
  styles: `
    .ways {
      display: grid;
      gap: 12px;
    }
  `,
})
export class SecondFactorPage {
  /** Where to go afterwards. */
  readonly to = input<string>();

  private readonly session = inject(Session);
  private readonly security = inject(SecurityApi);
  private readonly router = inject(Router);
  private readonly leaving = inject(Leaving);
  private readonly shown = inject(ShownCodes);
  protected readonly why = inject(PasskeysHere).why;
  protected readonly icons = { app: Smartphone, key: KeyRound };
  protected readonly busy = signal(false);
  protected readonly refused = signal('');
  protected readonly proposal = signal<TotpProposal | null>(null);
  protected readonly codes = signal<readonly string[] | null>(null);
  private readonly kept = signal(false);
  protected readonly email = computed(() => this.session.me()?.user.email ?? '');
  protected readonly heading = computed(() => (this.codes() ? 'Your recovery codes' : 'Add a second factor'));
  protected readonly sentence = computed(() =>
    this.codes()
      ? ''
      : `${this.session.me()?.workspace.name ?? 'This workspace'} asks everybody for one. It takes a minute.`,
  );

  constructor() {
    keepShownCodes(computed(() => (this.kept() ? null : this.codes())));
  }

  protected begin(): Promise<void> {
    return this.attempt(async () => this.proposal.set(await this.security.proposeTotp()));
  }

  protected confirm(code: string): Promise<void> {
    return this.attempt(async () => this.codes.set(await this.security.confirmTotp(code)));
  }

  protected makePasskey(): Promise<void> {
    return this.attempt(async () => {
      const response = await passkeys.make(await this.security.askToAddPasskey());
      if (!response) return;
      const codes = await this.security.addPasskey(response, 'Passkey');
      if (codes) this.codes.set(codes);
      else await this.goOn();
    });
  }

  protected keep(): Promise<void> {
    this.kept.set(true);
    this.shown.settled();
    return this.goOn();
  }

  protected async goOn(): Promise<void> {
    await this.session.reread();
    await this.router.navigateByUrl(returnUrl(this.to(), location.origin));
  }

  protected async signOut(): Promise<void> {
    await this.attempt(async () => {
      if (!(await this.leaving.allowed())) return;
      await this.session.signOut();
      location.assign('/sign-in');
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set('');
    try {
      await work();
    } catch (error) {
      this.refused.set(refusalWords(asProblem(error), 'add it').text);
    } finally {
      this.busy.set(false);
    }
  }
}
