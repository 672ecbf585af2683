/* A talk with one lead: thread, composer, evidence. What it shows and what it asks for are plain values. */
export { ConversationViewComponent } from './conversation-view.component';
export type { ComposerDraft, DeskAct, DeskView, Evidence, Partner, UndoOffer, WrittenText } from './desk.types';
export { textOfHtml } from './readable';
export { SUPPRESSION_WORDS } from './suppression-words';
