import { Injectable, inject } from '@angular/core';
import {
  mailboxBounce,
  mailboxClick,
  mailboxList,
  mailboxOne,
  mailboxOpen,
  mailboxReply,
  mailboxScan,
} from '@threadline/api-client';
import type { MailboxMail, MailboxMailPage, Page } from '@threadline/contracts';
import { Api } from '../../core/api';

@Injectable({ providedIn: 'root' })
export class MailboxApi {
  private readonly api = inject(Api);

  /** The mails that arrived, newest first, and the log's position that they contain. */
  list(page: { limit: number; cursor?: string }): Promise<Page<MailboxMail> & { asOf: number }> {
    return this.api.run(mailboxList<true>, { query: page });
  }

  /** One mail; looking at it here is no open. */
  one(id: string): Promise<MailboxMailPage> {
    return this.api.run(mailboxOne<true>, { path: { id } });
  }

  open(id: string): Promise<MailboxMailPage> {
    return this.api.run(mailboxOpen<true>, { path: { id } });
  }

  /** Follows a link; where it led. */
  click(id: string, index: number): Promise<{ location: string | null }> {
    return this.api.run(mailboxClick<true>, { path: { id }, body: { index } });
  }

  reply(id: string, text: string): Promise<MailboxMailPage> {
    return this.api.run(mailboxReply<true>, { path: { id }, body: { text } });
  }

  bounce(id: string, kind: 'hard' | 'soft'): Promise<MailboxMailPage> {
    return this.api.run(mailboxBounce<true>, { path: { id }, body: { kind } });
  }

  /** Fetches everything in it, as a gateway does; how many requests that took. */
  scan(id: string): Promise<{ requests: number }> {
    return this.api.run(mailboxScan<true>, { path: { id } });
  }
}
