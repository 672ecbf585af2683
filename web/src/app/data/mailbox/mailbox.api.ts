import { Injectable, inject } from '@angular/core';
import type { EventPage, MailboxMail, MailboxMailPage, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

@Injectable({ providedIn: 'root' })
export class MailboxApi {
  private readonly api = inject(Api);

  /** The mails that arrived, newest first. */
  list(page: { limit: number; cursor?: string }): Promise<Page<MailboxMail>> {
    return this.api.get<Page<MailboxMail>>('/api/mailbox', page);
  }

  /** Where the log stands. A list that is read after it contains it. */
  async position(): Promise<number> {
    return (await this.api.get<EventPage>('/api/events')).lastSeq;
  }

  /** One mail; looking at it here is no open. */
  one(id: string): Promise<MailboxMailPage> {
    return this.api.get<MailboxMailPage>(`/api/mailbox/${id}`);
  }

  open(id: string): Promise<MailboxMailPage> {
    return this.api.post<MailboxMailPage>(`/api/mailbox/${id}/open`);
  }

  /** Follows a link; where it led. */
  click(id: string, index: number): Promise<{ location: string | null }> {
    return this.api.post<{ location: string | null }>(`/api/mailbox/${id}/click`, { index });
  }

  reply(id: string, text: string): Promise<MailboxMailPage> {
    return this.api.post<MailboxMailPage>(`/api/mailbox/${id}/reply`, { text });
  }

  bounce(id: string, kind: 'hard' | 'soft'): Promise<MailboxMailPage> {
    return this.api.post<MailboxMailPage>(`/api/mailbox/${id}/bounce`, { kind });
  }

  /** Fetches everything in it, as a gateway does; how many requests that took. */
  scan(id: string): Promise<{ requests: number }> {
    return this.api.post<{ requests: number }>(`/api/mailbox/${id}/scan`);
  }
}
