import { Injectable, inject } from '@angular/core';
import type { Conversation, Lead, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

const MOST = 6;

/** What the search field asks the server. */
@Injectable({ providedIn: 'root' })
export class SearchApi {
  private readonly api = inject(Api);

  /** Leads by name, e-mail address, company or phone. */
  async leads(q: string, signal: AbortSignal): Promise<Lead[]> {
    return (await this.api.get<Page<Lead>>('/api/leads', { q, limit: MOST }, { signal })).items;
  }

  /** Conversations by subject and lead. */
  async conversations(q: string, signal: AbortSignal): Promise<Conversation[]> {
    return (await this.api.get<Page<Conversation>>('/api/conversations', { q, limit: MOST }, { signal })).items;
  }
}
