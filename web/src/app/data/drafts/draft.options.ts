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
  /** Whether the connection to the server is known to be lost. */
  away: () => boolean;
}

/** Until the first try again, and between tries at most; each waits twice as long as the one before. */
export const FIRST_RETRY_MS = 2_000;
export const LONGEST_RETRY_MS = 30_000;
