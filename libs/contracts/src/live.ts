import type { Envelope } from './envelope';
import type { DashboardStats } from './numbers';
import type { ProblemCode } from './problems';

/** What a socket can subscribe to. */
export const SERVICES = [
  'messages',
  'leads',
  'deals',
  'drafts',
  'campaigns',
  'activity',
  'notifications',
  'analytics',
  'stats',
  'presence',
  'tasks',
  'webhooks',
] as const;
export type Service = (typeof SERVICES)[number];

/** Services whose messages come from the event log and can be replayed, with the name each is sent under. */
export const LOG_MESSAGES = {
  messages: 'messages_updated',
  leads: 'leads_updated',
  deals: 'deals_updated',
  drafts: 'drafts_updated',
  campaigns: 'campaigns_updated',
  activity: 'activity_updated',
} as const satisfies Partial<Record<Service, string>>;
export type LogService = keyof typeof LOG_MESSAGES;

/** Services whose messages carry a state of the moment; never replayed. */
export const STATE_MESSAGES = {
  notifications: 'notification',
  analytics: 'analytics_updated',
  stats: 'stats_updated',
  presence: 'presence_updated',
  tasks: 'task_progress',
  webhooks: 'webhooks_updated',
} as const satisfies Partial<Record<Service, string>>;
export type StateService = keyof typeof STATE_MESSAGES;

/** The version of the stream's protocol that client and server speak. */
export const STREAM_VERSION = 1;
/** Milliseconds between heartbeats; each carries the head of the log. */
export const HEARTBEAT_MS = 10_000;

/** An event that this socket may not see, or that is not of this service: only its place in the order. */
export interface BareEvent {
  seq: number;
}

/** One or more events in order; `seq` is the last of them. */
export interface LogMessage {
  type: (typeof LOG_MESSAGES)[LogService];
  seq: number;
  timestamp: string;
  events: (Envelope | BareEvent)[];
}

export interface StateMessages {
  stats_updated: { stats: DashboardStats };
  analytics_updated: { asOf: number };
  presence_updated: { ref: string | null; people: Presence[] };
  typing: { conversationId: string; userId: string; name: string; typing: boolean };
  notification: { id: string; title: string; body: string; url: string };
  /** Something was delivered to these endpoints, or came to these receivers: ask again for what is on screen. */
  webhooks_updated: { webhookIds: string[]; receiverIds: string[] };
  task_progress: { taskId: string; done: number; total: number; secondsLeft: number | null };
}

/** A state of the moment. */
export interface StateMessage<T extends keyof StateMessages = keyof StateMessages> {
  type: T;
  timestamp: string;
  data: StateMessages[T];
}

export interface Presence {
  userId: string;
  name: string;
  /** Sockets of that person here. */
  screens: number;
}

/** `emit('subscribe', request, ack)`. Without `lastSeq`: live from now on. */
export interface SubscribeRequest {
  services: Service[];
  version: number;
  lastSeq?: number;
  /** The log that `lastSeq` counts in, as the last `ack` or `reset` said. */
  epoch?: string;
}

/** `replayed`: how many events of the log came before this ack. */
export interface SubscribeAck {
  type: 'ack';
  seq: number;
  replayed: number;
  epoch: string;
}

/** The subscription was refused; nothing was joined. */
export interface SubscribeRefusal {
  type: 'error';
  code: 'invalid_input' | 'forbidden' | 'session_ended' | 'not_ready';
  detail: string;
  /** Those of the asked services that stand in the way; absent when it is not about single services. */
  services?: Service[];
}

/**
 * Too old or another log, or what this person may see has changed: take a new snapshot, then go on from its position.
 */
export interface Reset {
  epoch: string;
  seq: number;
}

/** Comes with the heartbeat: the head of the log. */
export interface Head {
  seq: number;
}

/** `emit('enter', {conversationId}, ack)` and `leave`: the room of one conversation, for presence and typing. */
export interface EnterRequest {
  conversationId: string;
}
/** The room is entered; who is here follows as `presence_updated` with the conversation's ref. */
export interface EnterAck {
  type: 'ack';
}
/** `emit('typing', …)`: volatile, gone after six seconds. */
export interface TypingRequest {
  conversationId: string;
  typing: boolean;
}

/** `data` of the error that a refused handshake ends with. */
export interface HandshakeRefusal {
  code: ProblemCode;
  detail: string;
  /** Milliseconds before which another try is of no use. */
  retryInMs?: number;
}

/** This node is about to go: disconnect, and connect again after so many milliseconds. */
export interface ServerDraining {
  retryInMs: number;
}

/**
 * Said right before the server closes a socket that lost its right to be here: the session is over (sign in again), or
 * its permissions have changed (connect again to go on with those of now).
 */
export interface SignedOut {
  code: 'session_ended' | 'forbidden';
  detail: string;
}

/** Everything a server sends, by name. */
export type ServerMessages = { [S in LogService as (typeof LOG_MESSAGES)[S]]: LogMessage } & {
  [T in keyof StateMessages]: StateMessage<T>;
} & { reset: Reset; head: Head; server_draining: ServerDraining; signed_out: SignedOut };

/** Everything a client asks with an answer, by name. */
export interface ClientRequests {
  subscribe: { request: SubscribeRequest; answer: SubscribeAck | SubscribeRefusal };
  enter: { request: EnterRequest; answer: EnterAck | SubscribeRefusal };
}

/** Everything a client says without an answer, by name. */
export interface ClientNotices {
  leave: EnterRequest;
  typing: TypingRequest;
}

/** One page of GET /api/events. Without `after` in the query: no items, only the position to begin from. */
export interface EventPage {
  /** In order. An event that the reader may not see is left out, or bare. */
  items: (Envelope | BareEvent)[];
  /** Everything up to here is in this page or before it; equal to `after` when there is nothing more. */
  lastSeq: number;
  /** The log that the numbers count in; another one than before: take a new snapshot. */
  epoch?: string;
  /** What the reader may see has changed with these events: take a new snapshot. */
  moved?: boolean;
}

/** Type guard: an envelope this socket may see. */
export function isEnvelope(event: Envelope | BareEvent): event is Envelope {
  return 'type' in event;
}
