import type { Route, Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { InboxPage } from './inbox.page';
import { isView } from './inbox.views';

/** `/inbox/open` and `/inbox/open/:conversationId` are one page, so that choosing a row leaves the list as it is. */
function viewAndConversation(segments: UrlSegment[]): UrlMatchResult | null {
  const [view, conversationId] = segments;
  if (!view || !isView(view.path) || segments.length > 2) return null;
  return { consumed: segments, posParams: conversationId ? { view, conversationId } : { view } };
}

/** An address may name the status instead of the view: numbers on the dashboard do. */
const toView: Route = {
  path: '',
  pathMatch: 'full',
  redirectTo: ({ queryParams }) => {
    const status: unknown = queryParams['status'];
    return typeof status === 'string' && isView(status) ? `/inbox/${status}` : 'open';
  },
};

export default [
  toView,
  { matcher: viewAndConversation, component: InboxPage },
  { path: ':conversationId', redirectTo: 'all/:conversationId' },
] satisfies Routes;
