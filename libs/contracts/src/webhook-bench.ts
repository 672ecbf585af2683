import type { Envelope } from './envelope';
import type { EventType } from './events';
import type { JsonSchema } from './event-schemas';

/**
 * How a built-in receiver answers. ok: 200 · error: 500 · busy: 429, to be asked again in 30 seconds · gone: 410, which
 * ends an endpoint · slow: 200 after 20 seconds, which is later than anybody waits.
 */
export const RECEIVER_ANSWERS = ['ok', 'error', 'busy', 'gone', 'slow'] as const;
export type ReceiverAnswer = (typeof RECEIVER_ANSWERS)[number];

/** An address of this server to try webhooks on. */
export interface WebhookReceiver {
  id: string;
  /** Anybody who knows it may send there; nobody can read there by it. */
  url: string;
  answer: ReceiverAnswer;
  createdAt: string;
  /** How many requests are kept: the newest 100, for a day. */
  kept: number;
  lastReceivedAt: string | null;
}

/** A request that a receiver got. */
export interface Reception {
  id: string;
  receivedAt: string;
  method: string;
  /** `webhook-id`, where there was one. */
  webhookId: string | null;
  /** Bytes of the body. */
  bytes: number;
  /** What it was answered with. */
  answeredStatus: number;
}

/** With all that came. */
export interface ReceptionDetail extends Reception {
  /** As they came, in their order. */
  headers: { name: string; value: string }[];
  /** The first 64 KiB. */
  body: string;
  /** base64 where it is no text. */
  encoding: 'utf8' | 'base64';
  /** True when the body was longer. */
  cut: boolean;
}

/** Receivers that a workspace can have, and what each keeps. */
export const MOST_RECEIVERS = 10;
export const MOST_RECEPTIONS = 100;
export const RECEPTION_HOURS = 24;

/** An event type that endpoints can ask for. */
export interface CatalogueEntry {
  type: EventType;
  /** What it is about: the first part of its name. */
  group: string;
  description: string;
}

/** With what its events look like. */
export interface CatalogueDetail extends CatalogueEntry {
  /** JSON Schema (2020-12) of the envelope's `data`. */
  schema: JsonSchema;
  /** The newest of the workspace's own that the reader may see; else one made up by the schema. */
  sample: Envelope;
  own: boolean;
}

/** What became of an endpoint's attempts in one hour. */
export interface WebhookHour {
  /** When it began. */
  at: string;
  delivered: number;
  failed: number;
  /** Milliseconds, of all attempts; null without any. */
  p50: number | null;
  p95: number | null;
}

/** How an endpoint has done, by its attempts of the last hours. */
export interface WebhookFigures {
  webhookId: string;
  delivered: number;
  failed: number;
  /** Percent of the attempts that were answered with success; null without any. */
  successRate: number | null;
  p50: number | null;
  p95: number | null;
  /** Deliveries that wait now. */
  pending: number;
  /** The oldest first, empty hours too. */
  hours: WebhookHour[];
}

/** What is known of an address before it is saved. */
export interface AddressCheck {
  /** Whether deliveries may go there. */
  allowed: boolean;
  /** Whether something answered, whatever it said; null when it was not asked. */
  reachable: boolean | null;
  status: number | null;
  durationMs: number | null;
  /** What is wrong, in words; null when nothing is. */
  problem: string | null;
}
