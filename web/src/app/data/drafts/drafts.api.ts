import { Injectable, inject } from '@angular/core';
import { draftsDiscard, draftsDraft, draftsList, draftsSave } from '@threadline/api-client';
import type { Channel, Draft, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

export interface DraftText {
  content: string;
  subject: string;
}

export interface DraftSave extends DraftText {
  channel: Channel;
  /** The revision that this text was written on; 0: there was none. */
  baseRevision?: number;
  /** Who saves: a screen knows its own echo by it. */
  clientId: string;
}

export type DraftPage = Page<Draft> & { asOf: number };

@Injectable({ providedIn: 'root' })
export class DraftsApi {
  private readonly api = inject(Api);

  list(cursor?: string): Promise<DraftPage> {
    return this.api.run(draftsList<true>, { query: { limit: 200, cursor } });
  }

  /** Null when there is none. */
  async one(leadId: string, channel: Channel): Promise<Draft | null> {
    return (await this.api.run(draftsDraft<true>, { path: { leadId }, query: { channel } })) ?? null;
  }

  /** @param keepalive lets the save outlive the page */
  save(leadId: string, draft: DraftSave, keepalive: boolean): Promise<Draft> {
    return this.api.run(draftsSave<true>, { path: { leadId }, body: draft }, { keepalive });
  }

  async discard(leadId: string, channel: Channel): Promise<void> {
    await this.api.run(draftsDiscard<true>, { path: { leadId }, query: { channel } });
  }
}
