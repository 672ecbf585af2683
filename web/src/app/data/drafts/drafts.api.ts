import { Injectable, inject } from '@angular/core';
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
    return this.api.get<DraftPage>('/api/drafts', { limit: 200, cursor });
  }

  /** Null when there is none. */
  one(leadId: string, channel: Channel): Promise<Draft | null> {
    return this.api.get<Draft | null>(`/api/drafts/${leadId}`, { channel });
  }

  /** @param keepalive lets the save outlive the page */
  save(leadId: string, draft: DraftSave, keepalive: boolean): Promise<Draft> {
    return this.api.post<Draft>(`/api/drafts/${leadId}`, draft, { keepalive });
  }

  discard(leadId: string, channel: Channel): Promise<void> {
    return this.api.delete<void>(`/api/drafts/${leadId}`, { channel });
  }
}
