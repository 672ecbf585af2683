import { Injectable, inject } from '@angular/core';
import { leadsChange, leadsDelete, leadsLead, leadsRestore } from '@threadline/api-client';
import type { Envelope, Lead, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

export type LeadChange = Partial<
  Pick<Lead, 'name' | 'email' | 'phone' | 'company' | 'title' | 'status' | 'tags' | 'ownerId'>
>;

export type LeadSnapshot = Lead & { asOf: number };
export type TimelinePage = Page<Envelope> & { asOf: number };

/** One lead, and what happened to it. */
@Injectable({ providedIn: 'root' })
export class LeadApi {
  private readonly api = inject(Api);

  one(id: string): Promise<LeadSnapshot> {
    return this.api.run(leadsLead<true>, { path: { id } });
  }

  change(id: string, change: LeadChange): Promise<Lead> {
    return this.api.run(leadsChange<true>, { path: { id }, body: change });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(leadsDelete<true>, { path: { id } });
  }

  restore(id: string): Promise<Lead> {
    return this.api.run(leadsRestore<true>, { path: { id } });
  }

  /** Newest first. */
  timeline(id: string, cursor?: string): Promise<TimelinePage> {
    return this.api.get<TimelinePage>(`/api/leads/${id}/timeline`, { limit: 30, cursor });
  }
}
