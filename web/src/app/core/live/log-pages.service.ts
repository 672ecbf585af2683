import { Injectable, inject } from '@angular/core';
import type { EventPage } from '@threadline/contracts';
import { Dropped } from '@threadline/live';
import { Api, asProblem } from '../api';
import { Session } from '../session';

/** The log by HTTP, for when no socket can be had. Who may not read it is not asked for it. */
@Injectable({ providedIn: 'root' })
export class LogPages {
  private readonly api = inject(Api);
  private readonly session = inject(Session);

  /** Rejects with Dropped for a role that is told nothing this way. */
  async after(seq: number | null): Promise<EventPage> {
    if (!this.session.me()?.permissions.includes('events:read')) throw new Dropped('This role reads no events');
    try {
      return await this.api.get<EventPage>('/api/events', { after: seq });
    } catch (error) {
      // The right was taken away since: what the person may do is read anew, and this is not asked again.
      if (asProblem(error).code === 'forbidden') await this.session.reread().catch(() => undefined);
      throw error;
    }
  }
}
