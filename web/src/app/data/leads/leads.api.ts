import { Injectable, inject } from '@angular/core';
import { leadsChange, leadsCreate, leadsDelete, leadsLead, leadsList, leadsRestore } from '@threadline/api-client';
import type { Envelope, Lead, LeadSort, LeadStatus, Page } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Api } from '../../core/api';

/** A field to sort by, with a minus for the other way round. */
export type LeadOrder = LeadSort | `-${LeadSort}`;

/** Which leads a list shows and in which order; the same names as in the API and the address bar. */
export interface LeadFilter {
  q?: string;
  status?: LeadStatus;
  tag?: string;
  ownerId?: string;
  /** `-createdAt` when absent. */
  sort?: LeadOrder;
}

export type LeadPage = Page<Lead> & { asOf: number };
export type LeadSnapshot = Lead & { asOf: number };
export type TimelinePage = Page<Envelope> & { asOf: number };

/** What a person writes of a lead; the rest is the server's. */
export type LeadFields = Partial<
  Pick<Lead, 'email' | 'phone' | 'company' | 'title' | 'status' | 'tags' | 'ownerId' | 'customFields'>
>;
export type NewLead = LeadFields & Pick<Lead, 'id' | 'name'>;
export type LeadChange = LeadFields & Partial<Pick<Lead, 'name'>>;

@Injectable({ providedIn: 'root' })
export class LeadsApi {
  private readonly api = inject(Api);

  list(filter: LeadFilter, page: { limit?: number; cursor?: string } = {}): Promise<LeadPage> {
    return this.api.run(leadsList<true>, { query: { ...filter, ...page } });
  }

  one(id: string): Promise<LeadSnapshot> {
    return this.api.run(leadsLead<true>, { path: { id } });
  }

  /** Rejects with `duplicate`, whose `current` is the lead that has the address already. */
  create(lead: NewLead): Promise<Lead> {
    return this.api.run(leadsCreate<true>, { body: lead }, { idempotencyKey: lead.id });
  }

  change(id: string, change: LeadChange): Promise<Lead> {
    return this.api.run(leadsChange<true>, { path: { id }, body: change });
  }

  async delete(id: string): Promise<null> {
    await this.api.run(leadsDelete<true>, { path: { id } });
    return null;
  }

  restore(id: string): Promise<Lead> {
    return this.api.run(leadsRestore<true>, { path: { id } }, { idempotencyKey: v7() });
  }

  /** What happened to it, newest first. */
  timeline(id: string, cursor?: string): Promise<TimelinePage> {
    return this.api.get<TimelinePage>(`/api/leads/${id}/timeline`, { limit: 30, cursor });
  }
}
