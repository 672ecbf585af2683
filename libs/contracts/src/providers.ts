/** Services that tell us by HTTP what became of messages, and hand us what people wrote. */
export const PROVIDERS = ['twilio', 'sendgrid', 'mailgun', 'ses', 'meta'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What is known of a provider's account and is no secret. Of these a connection has the ones of its provider:
 * `verificationKey` SendGrid's public key, `topicArn` the one SNS topic that is listened to, `verifyToken` what Meta has
 * to repeat when the address is entered there (made here).
 */
export interface ProviderSettings {
  verificationKey?: string;
  topicArn?: string;
  verifyToken?: string;
}

/** One account of a provider that may call us, at an address of its own. */
export interface ProviderConnection {
  id: string;
  provider: Provider;
  name: string;
  /** To be pasted at the provider. */
  url: string;
  settings: ProviderSettings;
  /** Whether a secret is kept; it is never shown. */
  hasSecret: boolean;
  createdAt: string;
  updatedAt: string;
  /** When the provider confirmed the address, where it does such a thing (Meta, SNS). */
  confirmedAt: string | null;
  /** The newest event that was signed by the provider. */
  lastEventAt: string | null;
  /** When something was last turned away because its signature was not the provider's. */
  lastDeniedAt: string | null;
  /** Events of the last 30 days by what became of them. */
  counts: Record<ProviderEventState, number>;
}

/**
 * pending: kept, not worked on yet · applied: it changed a message, or became one · noted: nothing to change ·
 * outdated: a later state was known already · unmatched: it is about nothing we know · unreadable: signed, but not what
 * the provider describes · failed: given up after several tries.
 */
export const PROVIDER_EVENT_STATES = [
  'pending',
  'applied',
  'noted',
  'outdated',
  'unmatched',
  'unreadable',
  'failed',
] as const;
export type ProviderEventState = (typeof PROVIDER_EVENT_STATES)[number];

/** What a provider says has happened, in our words. */
export const PROVIDER_EVENT_KINDS = [
  'sent',
  'delivered',
  'read',
  'opened',
  'clicked',
  'delayed',
  'failed',
  'bounced',
  'complained',
  'received',
  'confirmation',
  'other',
] as const;
export type ProviderEventKind = (typeof PROVIDER_EVENT_KINDS)[number];

/** One event of a provider, and what became of it. */
export interface ProviderEvent {
  id: string;
  connectionId: string;
  /** The provider's own id of it: the same one counts once. */
  eventId: string;
  kind: ProviderEventKind;
  /** When it happened, as the provider says; null when it does not. */
  happenedAt: string | null;
  receivedAt: string;
  state: ProviderEventState;
  /** The message it is about, or became. */
  messageId: string | null;
  /** Why, in words for people. */
  reason: string | null;
}
