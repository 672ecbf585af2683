import { Injectable, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { WaitingChoice } from '@threadline/contracts';
import { explain } from '../../core/api';
import { Rights } from '../../core/session';
import { OutgoingApi, OutgoingStore } from '../../data/outgoing';
import { Toasts } from '../../shared/toast';

/** What stands still since a restore, and the decision what becomes of it. */
@Injectable({ providedIn: 'root' })
export class OutgoingDecision {
  private readonly api = inject(OutgoingApi);
  private readonly toasts = inject(Toasts);
  private readonly rights = inject(Rights);
  private readonly deciding = signal(false);

  /** Null while everything leaves; undefined until that is known. */
  readonly paused = this.rights.can('workspace:read') ? toSignal(inject(OutgoingStore).paused$) : signal(null);
  readonly mayDecide = this.rights.can('workspace:write');
  readonly busy = this.deciding.asReadonly();

  async resume(waiting: WaitingChoice): Promise<void> {
    this.deciding.set(true);
    try {
      await this.api.resume(waiting);
      this.toasts.show({ text: 'Webhooks and messages leave again' });
    } catch (error) {
      const { what, safe } = explain(error, 'resume webhooks and messages');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.deciding.set(false);
    }
  }
}
