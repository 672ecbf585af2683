import { Injectable, inject } from '@angular/core';
import { suppressionsLift, suppressionsRead } from '@threadline/api-client';
import type { LeadSuppression } from '@threadline/contracts';
import { Api } from '../../core/api';

/** Addresses that nothing is sent to. */
@Injectable({ providedIn: 'root' })
export class SuppressionsApi {
  private readonly api = inject(Api);

  of(leadId: string): Promise<LeadSuppression> {
    return this.api.run(suppressionsRead<true>, { path: { id: leadId } });
  }

  /** Rejects with `wrong_state` when somebody was faster. */
  lift(leadId: string, reason: string): Promise<LeadSuppression> {
    return this.api.run(suppressionsLift<true>, { path: { id: leadId }, body: { reason } });
  }
}
