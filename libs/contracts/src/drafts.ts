import type { Channel } from './channels';

/** The draft of one lead on one channel, shared by the workspace; `revision` rises by one with every save. */
export interface Draft {
  id: string;
  leadId: string;
  channel: Channel;
  content: string;
  subject: string | null;
  revision: number;
  /** Who saved this revision. */
  authorId: string;
  savedAt: string;
  updatedAt: string;
}

/** Milliseconds after the last key until a draft is saved. */
export const DRAFT_DEBOUNCE_MS = 500;
