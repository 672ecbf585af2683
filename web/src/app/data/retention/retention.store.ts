import { Injectable, inject } from '@angular/core';
import type { AuditRetention, LegalHold, RetentionPreview } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { type NewHold, RetentionApi } from './retention.api';
import { reduceRetention, type RetentionState } from './retention.rules';

/** How long the audit log is kept, and what is held. */
@Injectable({ providedIn: 'root' })
export class RetentionStore {
  private readonly api = inject(RetentionApi);
  private readonly store = new LiveStore<RetentionState, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: async () => {
      const [{ items: holds, asOf }, retention, cuts] = await Promise.all([
        this.api.holds(),
        this.api.find(),
        this.api.cuts(),
      ]);
      return { state: { retention, holds, cuts }, asOf };
    },
    reduce: reduceRetention,
  });

  readonly state$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** What so many months would take out of the log now. */
  preview(months: number, signal: AbortSignal): Promise<RetentionPreview> {
    return this.api.preview(months, signal);
  }

  set(months: number | null): Promise<AuditRetention> {
    return this.api.set(months);
  }

  place(wanted: NewHold): Promise<LegalHold> {
    return this.api.place(wanted);
  }

  release(id: string): Promise<LegalHold> {
    return this.api.release(id);
  }
}
