import type { Draft, Hit, Member, Message, Presence, SuppressionReason } from '@threadline/contracts';

/** What stands in the composer. */
export interface WrittenText {
  content: string;
  subject: string;
}

export interface ComposerDraft extends WrittenText {
  label: 'loading' | 'empty' | 'typing' | 'saving' | 'saved' | 'offline' | 'not saved' | 'conflict';
  savedAt: string | null;
  reason: string | null;
  /** Somebody else's text that this one was not written on. */
  theirs: Draft | null;
  authorId: string | null;
  /** Sending it failed, and it has not been changed since. */
  unsent: boolean;
  /** A colleague has the conversation: this person may see the lead, but neither read nor write here. */
  outOfReach?: boolean;
}

/** A message that can still be taken back. */
export interface UndoOffer {
  messageId: string;
  /** Milliseconds since the epoch, on this machine's clock. */
  until: number;
  seconds: number;
  /** The undoing is on its way. */
  busy: boolean;
}

/** What is known about the opens and clicks of one message. */
export interface Evidence {
  hits: readonly Hit[] | null;
  /** Why it could not be read, in words. */
  trouble: string | null;
}

/** What one person sees of the conversation with one lead: everything a screen shows, nothing that it could do. */
export interface DeskView {
  leadId: string;
  /** `loading` until the first messages are there; `failed` when they cannot be read. */
  state: 'loading' | 'ready' | 'failed';
  messages: readonly Message[];
  /** Own messages and changes that the server has not confirmed. */
  pending: ReadonlySet<string>;
  /** Where older messages begin; null when all are here. */
  older: string | null;
  members: ReadonlyMap<string, Member>;
  /** User id of the person. */
  me: string;
  here: readonly Presence[];
  typing: readonly { userId: string; name: string }[];
  draft: ComposerDraft;
  /** The text the editor takes over whenever this object is another one. */
  adopted: WrittenText;
  sending: boolean;
  undo: UndoOffer | null;
  /** A colleague's messages that the person had not seen when they sent. */
  moved: readonly Message[] | null;
  /** The message that somebody sent a moment before, with the very text that the person was sending. */
  twin: Message | null;
  /** Why the last send did not happen, in words. */
  refusal: string | null;
  evidence: ReadonlyMap<string, Evidence>;
  /** Messages whose action failed just now, with why. */
  troubles: ReadonlyMap<string, string>;
}

/** What a person can do there. */
export type DeskAct =
  | { do: 'edit'; text: WrittenText }
  | { do: 'flush' }
  | { do: 'send' }
  | { do: 'send anyway' }
  | { do: 'keep as draft' }
  | { do: 'undo' }
  | { do: 'undo over' }
  | { do: 'send again'; message: Message }
  | { do: 'older'; cursor: string }
  | { do: 'keep mine' }
  | { do: 'take theirs' }
  | { do: 'discard' }
  | { do: 'evidence'; messageId: string }
  | { do: 'reload' };

/** The person a conversation is with, as far as the thread needs to know. */
export interface Partner {
  name: string;
  /** Where mail goes; null when there is no address, undefined while that is not known. */
  address: string | null | undefined;
  /** Why nothing is sent there. */
  suppressed: SuppressionReason | null;
  /** The lead's page, where that may be lifted; none when this is it, which says so itself. */
  page?: string;
}
