/* Drafts: kept in the browser until the server has them, shared by the workspace. */
export type { DraftSession } from './draft.session';
export { type DraftLabel, type DraftView, isEmptyText } from './draft.view';
export type { DraftText } from './drafts.api';
export { Drafts } from './drafts.store';
