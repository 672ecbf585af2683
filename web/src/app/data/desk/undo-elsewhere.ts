import { Injectable, effect, inject, untracked } from '@angular/core';
import type { Message } from '@threadline/contracts';
import { Session } from '../../core/session';
import { Ticker } from '../../shared/format';
import { type ShownToast, Toasts } from '../../shared/toast';
import { Threads } from '../messages';
import { refusalWords } from './desk.rules';

/** Undo send on whatever screen the person is: a toast for a conversation that was left before its message did. */
@Injectable({ providedIn: 'root' })
export class UndoElsewhere {
  private readonly threads = inject(Threads);
  private readonly toasts = inject(Toasts);
  private readonly session = inject(Session);
  private readonly ticker = inject(Ticker);
  private readonly offers = new Map<string, ShownToast>();

  constructor() {
    effect(() => {
      if (!this.session.me()) untracked(() => [...this.offers.keys()].forEach((leadId) => this.end(leadId)));
    });
  }

  /** Offers it until that moment, in milliseconds since the epoch. */
  offer(message: Message, until: number): void {
    const { leadId } = message;
    const left = until - this.ticker.now();
    if (left <= 0 || !this.session.me()) return;
    this.end(leadId);
    const action = { label: 'Undo', run: () => void this.undo(message) };
    const shown = this.toasts.show({ text: 'Sending your message', action, seconds: left / 1_000 });
    // A toast's clock stands still under the pointer; the message leaves all the same.
    const timer = setTimeout(() => shown.dismiss(), left);
    this.offers.set(leadId, shown);
    void shown.ended.then(() => {
      clearTimeout(timer);
      if (this.offers.get(leadId) === shown) this.offers.delete(leadId);
    });
  }

  /** The conversation with this lead is open again and offers it itself. */
  end(leadId: string): void {
    this.offers.get(leadId)?.dismiss();
  }

  private async undo(message: Message): Promise<void> {
    try {
      await this.threads.of(message.leadId).undo(message);
      this.toasts.show({ text: 'Taken back: your text is in the conversation again, as a draft' });
    } catch (error) {
      this.toasts.show({ text: refusalWords(error), tone: 'bad' });
    }
  }
}
