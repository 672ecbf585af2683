import type { Channel } from '@threadline/contracts';
import type { DraftBox } from './draft.box';
import type { DraftsApi } from './drafts.api';

/** Whose draft a session is, and what it works with. */
export interface DraftSessionOptions {
  leadId: string;
  channel: Channel;
  /** Key of the kept draft. */
  key: string;
  /** Who saves: an own echo is known by it. */
  clientId: string;
  userId: string;
  api: DraftsApi;
  box: DraftBox;
  now: () => number;
}
