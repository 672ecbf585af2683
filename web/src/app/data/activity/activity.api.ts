import { Injectable, inject } from '@angular/core';
import type { ActivityPage } from '@threadline/contracts';
import { Api } from '../../core/api';

@Injectable({ providedIn: 'root' })
export class ActivityApi {
  private readonly api = inject(Api);

  /** What happened, newest first. */
  page(page: { limit: number; cursor?: string }): Promise<ActivityPage> {
    return this.api.get<ActivityPage>('/api/dashboard/activity', page);
  }

  /** What happened around one lead, newest first. */
  ofLead(leadId: string, page: { limit: number; cursor?: string }): Promise<Omit<ActivityPage, 'asOf'>> {
    return this.api.get<Omit<ActivityPage, 'asOf'>>(`/api/leads/${leadId}/timeline`, page);
  }
}
