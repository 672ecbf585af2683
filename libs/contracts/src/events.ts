import type { EventActor } from './actors';
import type { Channel } from './channels';
import type { Verdict } from './engagement';
import type { Lead } from './leads';
import type { Conversation, Message } from './messages';
import type { Ref, RefKind } from './refs';
import type { Member, UserSettings } from './workspace';

/**
 * Everything that can happen, and what each event carries. `noun.verb_in_past`.
 * Adding a line here makes every outlet's table refuse to compile until it has decided about it.
 */
export interface EventDataMap {
  'workspace.created': { name: string };
  'workspace.renamed': { name: string };
  'member.joined': { member: Member };
  'user.settings_changed': { settings: UserSettings };
  'session.started': { sessionId: string; userId: string };
  'session.ended': { sessionId: string; userId: string; reason: 'logout' | 'expired' | 'reused' | 'revoked' };

  'lead.created': { lead: Lead };
  'lead.updated': { lead: Lead; changed: (keyof Lead)[] };
  'lead.status_changed': { lead: Lead; from: Lead['status']; to: Lead['status'] };
  'lead.deleted': { leadId: string; name: string };
  'lead.restored': { lead: Lead };

  'conversation.started': { conversation: Conversation };
  'conversation.updated': { conversation: Conversation; changed: (keyof Conversation)[] };
  'conversation.status_changed': {
    conversation: Conversation;
    from: Conversation['status'];
    to: Conversation['status'];
  };
  'conversation.assigned': { conversation: Conversation; from: string | null; to: string | null };

  /** Accepted for sending; not yet with the mail server. */
  'message.queued': { message: Message; conversation: Conversation };
  'message.cancelled': { message: Message; conversation: Conversation };
  'message.sent': { message: Message };
  'message.delivered': { message: Message };
  'message.failed': { message: Message };
  /** The hand-over was cut; it is not known whether a copy left. */
  'message.unknown': { message: Message };
  'message.bounced': { message: Message };
  /** First open judged human. */
  'message.opened': { message: Message; hitId: string };
  /** First click judged human. */
  'message.clicked': { message: Message; hitId: string; link: string };
  /** Hits counted as human turned out to be a machine's: `openedAt` or `clickedAt` is taken back. */
  'message.engagement_withdrawn': { message: Message; kind: 'open' | 'click'; hitId: string };
  /** An inbound message came in that answers one of ours or starts a conversation. */
  'message.received': { message: Message; conversation: Conversation };
  /** One of our messages was answered. */
  'message.replied': { message: Message; replyId: string };
  /** Hits were judged, in whatever sense: what the counts by verdict are made of. */
  'engagement.judged': {
    messageId: string;
    leadId: string;
    hits: {
      id: string;
      kind: 'open' | 'click';
      verdict: Verdict;
      rule: string;
      at: string;
      previous: Verdict | null;
    }[];
  };

  /** The text is not in the log: a draft is unsent and private to the workspace's screens; fetch it at `revision`. */
  'draft.saved': { leadId: string; channel: Channel; revision: number; clientId: string | null };
  'draft.cleared': { leadId: string; channel: Channel; revision: number; reason: 'sent' | 'discarded' };
}

export type EventType = keyof EventDataMap;

/** All event types, for tables and validation. */
export const EVENT_TYPES = [
  'workspace.created',
  'workspace.renamed',
  'member.joined',
  'user.settings_changed',
  'session.started',
  'session.ended',
  'lead.created',
  'lead.updated',
  'lead.status_changed',
  'lead.deleted',
  'lead.restored',
  'conversation.started',
  'conversation.updated',
  'conversation.status_changed',
  'conversation.assigned',
  'message.queued',
  'message.cancelled',
  'message.sent',
  'message.delivered',
  'message.failed',
  'message.unknown',
  'message.bounced',
  'message.opened',
  'message.clicked',
  'message.engagement_withdrawn',
  'message.received',
  'message.replied',
  'engagement.judged',
  'draft.saved',
  'draft.cleared',
] as const satisfies readonly EventType[];

type Missing = Exclude<EventType, (typeof EVENT_TYPES)[number]>;
/** Fails to compile when an event is missing from EVENT_TYPES. */
export const ALL_EVENTS_LISTED: Missing extends never ? true : Missing = true;

/**
 * What happened: the same shape in GET /api/events, on the socket, in webhooks and in the activity feed.
 * `seq` counts up by one per workspace, without gaps, in commit order.
 */
export interface EnvelopeOf<T extends EventType> {
  id: string;
  seq: number;
  type: T;
  workspaceId: string;
  occurredAt: string;
  actor: EventActor;
  subject: { type: RefKind; id: string };
  /** The things it is about: the rooms that hear it and the timelines it stands in. */
  about: Ref[];
  data: EventDataMap[T];
}
export type Envelope = { [T in EventType]: EnvelopeOf<T> }[EventType];

/** What a command appends; the log adds the rest. */
export type NewEvent = {
  [T in EventType]: { type: T; subject: { type: RefKind; id: string }; about: Ref[]; data: EventDataMap[T] };
}[EventType];
