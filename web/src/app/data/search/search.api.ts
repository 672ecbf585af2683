import { Injectable, inject } from '@angular/core';
import { conversationsList, leadsList } from '@threadline/api-client';
import type { Conversation, Lead } from '@threadline/contracts';
import { Api } from '../../core/api';

const MOST = 6;

/** What the search field asks the server. */
@Injectable({ providedIn: 'root' })
export class SearchApi {
  private readonly api = inject(Api);

  /** Leads by name, e-mail address, company or phone. */
  async leads(q: string, signal: AbortSignal): Promise<Lead[]> {
    return (await this.api.run(leadsList<true>, { query: { q, limit: MOST } }, { signal })).items;
  }

  /** Conversations by subject and lead. */
  async conversations(q: string, signal: AbortSignal): Promise<Conversation[]> {
    return (await this.api.run(conversationsList<true>, { query: { q, limit: MOST } }, { signal })).items;
  }
}
