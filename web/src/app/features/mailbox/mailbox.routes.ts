import type { Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { MailboxPage } from './mailbox.page';

/** `/mailbox` and `/mailbox/:id` are one page, so that choosing a mail leaves the list as it is. */
function withOrWithoutMail(segments: UrlSegment[]): UrlMatchResult | null {
  const [id] = segments;
  if (segments.length > 1) return null;
  return { consumed: segments, posParams: id ? { id } : {} };
}

export default [{ matcher: withOrWithoutMail, component: MailboxPage }] satisfies Routes;
