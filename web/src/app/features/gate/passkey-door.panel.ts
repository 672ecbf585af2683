import { Component, DestroyRef, effect, inject, output, signal, untracked } from '@angular/core';
import { KeyRound } from 'lucide';
import { asProblem } from '../../core/api';
import { passkeys, type PasskeyJson } from '../../core/browser';
import { Session } from '../../core/session';
import { SecurityApi } from '../../data/security';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { PasskeysHere } from './passkeys-here';
import { refusalWords, type RefusalWords } from './refusal-words';

/** What was asked of the browser is good for five minutes; a page that stays open longer asks anew. */
const RENEW_MS = 4 * 60_000;

/** Signing in with a passkey: by a button, and among what the browser fills in. */
@Component({
  selector: 'tl-passkey-door',
  imports: [ButtonDirective, IconComponent],
  template: `
    @if (why() === '') {
      <button tlButton class="go" look="secondary" wide type="button" [busy]="busy()" (click)="sign()">
        <tl-icon [icon]="key" /> Sign in with a passkey
      </button>
    }
    @if (refused(); as words) {
      <p class="refused" role="alert">{{ words.text }}</p>
    }
  `,
  styleUrl: './gate.scss',
  styles: `
    :host {
      display: grid;
      gap: 8px;
    }
    :host:empty {
      display: none;
    }
  `,
})
export class PasskeyDoorPanel {
  readonly entered = output();

  private readonly session = inject(Session);
  private readonly security = inject(SecurityApi);
  protected readonly why = inject(PasskeysHere).why;
  protected readonly key = KeyRound;
  protected readonly busy = signal(false);
  protected readonly refused = signal<RefusalWords | null>(null);
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    effect(() => {
      if (this.why() === '') untracked(() => this.offer());
    });
    inject(DestroyRef).onDestroy(() => {
      clearInterval(this.timer);
      void passkeys.cancel();
    });
  }

  protected sign(): Promise<void> {
    clearInterval(this.timer);
    return this.enter(async () => passkeys.show(await this.security.askToSignIn()));
  }

  /** Quiet: the browser shows what it has only to who looks for it. */
  private offer(): void {
    const ask = () => void this.enter(() => passkeys.offer(() => this.security.askToSignIn()), true);
    ask();
    this.timer = setInterval(ask, RENEW_MS);
  }

  private async enter(shown: () => Promise<PasskeyJson | null>, quietly = false): Promise<void> {
    if (this.busy()) return;
    this.busy.set(!quietly);
    this.refused.set(null);
    let asked = !quietly;
    try {
      const response = await shown();
      if (!response) return;
      asked = true;
      this.busy.set(true);
      await this.session.signInWithPasskey(response);
      this.entered.emit();
    } catch (error) {
      // Some browsers say that they fill in passkeys and then cannot: whoever wants one has the button, and is told there.
      if (!asked) return;
      const problem = asProblem(error);
      this.refused.set(
        problem.code === 'invalid_passkey'
          ? { text: 'This passkey was not accepted. Sign in another way.', requestId: null }
          : refusalWords(problem, 'sign you in'),
      );
    } finally {
      this.busy.set(false);
    }
  }
}
