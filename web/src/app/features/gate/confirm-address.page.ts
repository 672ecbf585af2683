import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AddressConfirmed } from '@threadline/contracts';
import { asProblem } from '../../core/api';
import { Session } from '../../core/session';
import { AccountApi } from '../../data/account';
import { ButtonDirective } from '../../shared/ui';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';
import { tokenInLink } from './token-in-link';

/** The address of a new account by the link that was mailed to it. Asks first: mail programs follow links by themselves. */
@Component({
  selector: 'tl-confirm-address-page',
  imports: [RouterLink, ButtonDirective, GateFrameComponent],
  template: `
    @if (done(); as done) {
      @if (done.outcome === 'moved') {
        <tl-gate-frame heading="The workspace is in your account">
          <p role="status">
            <b>{{ done.workspace }}</b> now belongs to the account you already had with this address. The new account
            and its sign-ins have ended; sign in with the password you had before.
          </p>
          <a tlButton look="primary" class="go" wide routerLink="/">Continue</a>
        </tl-gate-frame>
      } @else {
        <tl-gate-frame heading="Your address is confirmed">
          <p role="status">
            It belongs to your account in <b>{{ done.workspace }}</b> alone.
          </p>
          <a tlButton look="primary" class="go" wide routerLink="/">Continue</a>
        </tl-gate-frame>
      }
    } @else if (over() || !token()) {
      <tl-gate-frame heading="This link is not valid any more">
        <p role="alert">
          It was used, is older than a day, or is not whole. You can ask for another one under Settings, Profile.
        </p>
        <a tlButton look="primary" class="go" wide routerLink="/settings/profile">Open the profile</a>
      </tl-gate-frame>
    } @else {
      <tl-gate-frame
        heading="Is it you?"
        sentence="Continue only if you made the account that the mail tells of. If this address has an account already, the new workspace moves into that one."
      >
        @if (refused(); as words) {
          <p class="refused" role="alert">{{ words.text }}</p>
        }
        <button tlButton look="primary" class="go" wide type="button" [busy]="busy()" (click)="confirm()">
          Yes, it was me
        </button>
      </tl-gate-frame>
    }
  `,
  styleUrl: './gate.scss',
})
export class ConfirmAddressPage {
  private readonly account = inject(AccountApi);
  private readonly session = inject(Session);
  protected readonly token = tokenInLink();
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly over = signal(false);
  protected readonly done = signal<AddressConfirmed | null>(null);

  protected async confirm(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      this.done.set(await this.account.confirmAddress(this.token()));
      if (this.session.me()) await this.session.reread().catch(() => undefined);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_token') this.over.set(true);
      else this.refused.set(refusalWords(problem, 'confirm the address'));
    } finally {
      this.busy.set(false);
    }
  }
}
