import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { asProblem } from '../../core/api';
import { AccountApi } from '../../data/account';
import { ButtonDirective } from '../../shared/ui';
import { GateFrameComponent } from './gate-frame.component';
import { refusalWords, type RefusalWords } from './refusal-words';
import { tokenInLink } from './token-in-link';

/** A new address by the link that was mailed to it. Asks first: mail programs follow links by themselves. */
@Component({
  selector: 'tl-confirm-email-page',
  imports: [RouterLink, ButtonDirective, GateFrameComponent],
  template: `
    @if (state() === 'done') {
      <tl-gate-frame heading="Your address is confirmed">
        <p role="status">From now on you sign in with it. The address before was told.</p>
        <a tlButton look="primary" class="go" wide routerLink="/">Continue</a>
      </tl-gate-frame>
    } @else if (state() === 'over' || !token()) {
      <tl-gate-frame heading="This link is not valid any more">
        <p role="alert">
          It was used, is older than 30 minutes, or is not whole. You can ask for another one under Settings, Profile.
        </p>
        <a tlButton look="primary" class="go" wide routerLink="/settings/profile">Open the profile</a>
      </tl-gate-frame>
    } @else {
      <tl-gate-frame
        heading="Confirm your new address"
        sentence="You sign in with the address this link was mailed to from then on."
      >
        @if (refused(); as words) {
          <p class="refused" role="alert">{{ words.text }}</p>
        }
        <button tlButton look="primary" class="go" wide type="button" [busy]="busy()" (click)="confirm()">
          Confirm this address
        </button>
      </tl-gate-frame>
    }
  `,
  styleUrl: './gate.scss',
})
export class ConfirmEmailPage {
  private readonly account = inject(AccountApi);
  protected readonly token = tokenInLink();
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  protected readonly state = signal<'open' | 'over' | 'done'>('open');

  protected async confirm(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.account.confirmEmail(this.token());
      this.state.set('done');
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_token') this.state.set('over');
      else this.refused.set(refusalWords(problem, 'confirm the address'));
    } finally {
      this.busy.set(false);
    }
  }
}
