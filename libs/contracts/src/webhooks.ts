import type { EventType } from './events';
import { EVENT_TYPES } from './event-types';
import type { Permission } from './permissions';

/** How the body is written: the envelope as it is, signed; or words for people, as those services take them. */
export const WEBHOOK_KINDS = ['standard', 'slack', 'discord'] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** `exists` and `absent` take no value; `contains` looks into texts and lists; the last four compare numbers and times. */
export const FILTER_OPERATORS = ['=', '!=', 'in', 'contains', 'exists', 'absent', '>', '>=', '<', '<='] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];
export type FilterValue = string | number | boolean | null;

/** A condition on one field of the envelope; an endpoint gets an event for which all of its conditions hold. */
export interface WebhookFilter {
  /** From the envelope down: `data.lead.status`, `actor.type`. */
  field: string;
  operator: FilterOperator;
  /** A list for `in`. */
  value?: FilterValue | FilterValue[];
}

/** Why an endpoint gets nothing more: somebody switched it off, it answered 410, it failed for five days, its maker left. */
export const DISABLED_REASONS = ['switched_off', 'gone', 'failing', 'maker_left'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** An endpoint that events are delivered to. */
export interface Webhook {
  id: string;
  kind: WebhookKind;
  url: string;
  description: string | null;
  /** Empty: all that its maker may see. */
  eventTypes: EventType[];
  filters: WebhookFilter[];
  /** Of the headers that are sent along; their values are not shown again. */
  headerNames: string[];
  /** One at a time for each conversation, in the log's order: a delivery that fails holds up the later ones. */
  ordered: boolean;
  /** Signed with Ed25519 (`v1a`) too, for receivers who should not be able to sign themselves. */
  asymmetric: boolean;
  /** `whpk_…`, for `v1a` signatures; null when it is not asymmetric. */
  publicKey: string | null;
  enabled: boolean;
  disabledAt: string | null;
  disabledReason: DisabledReason | null;
  /** Since when nothing but failures came back; null after a success. */
  failingSince: string | null;
  /** Until when each replaced secret signs too. */
  oldSecretsUntil: string[];
  /** With whose rights events are delivered: who made it, or last changed its address, types or filters. */
  maker: { id: string; name: string };
  createdAt: string;
  updatedAt: string;
}

/** What can be changed of an endpoint, as `webhook.updated` names it. */
export type WebhookField =
  'kind' | 'url' | 'description' | 'eventTypes' | 'filters' | 'headers' | 'ordered' | 'asymmetric' | 'maker';

/** An endpoint as its own page shows it. */
export interface WebhookSnapshot extends Webhook {
  /** Deliveries that wait, and since when the oldest does. */
  backlog: { pending: number; oldestAt: string | null };
  asOf: number;
}

/** pending: due, under way or to be tried again · failed: given up · cancelled: the endpoint was disabled meanwhile. */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One try to deliver, and what came back. */
export interface DeliveryAttempt {
  at: string;
  /** Null when no answer came. */
  responseStatus: number | null;
  durationMs: number;
  /** Why it counts as a failure, in words. */
  error?: string;
  /** The first 4 KiB of the answer, as text. */
  responseBody: string;
  /** As they were sent; values of headers of one's own are left out. */
  requestHeaders: Record<string, string>;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  id: string;
  webhookId: string;
  eventId: string;
  /** The event's place in the log. */
  eventSeq: number;
  eventType: EventType;
  status: DeliveryStatus;
  attempts: DeliveryAttempt[];
  /** Null when nothing more is planned. */
  nextAttemptAt: string | null;
  createdAt: string;
  finishedAt: string | null;
}

/** A delivery with what is sent. */
export interface DeliveryDetail extends Delivery {
  /** The body, byte for byte; null for who may not see the event. */
  payload: string | null;
}

/** What the receiver said to a test event. */
export interface WebhookTest extends DeliveryAttempt {
  /** The event's id, as in `webhook-id`. */
  eventId: string;
  delivered: boolean;
  payload: string;
}

/** A stretch of the log that is delivered again. */
export interface ReplayRange {
  /** Events with a larger seq than this. */
  after: number;
  /** And a smaller one than this. */
  before?: number;
  /** `failed`: only what did not arrive (given up or cancelled). Absent: everything the endpoint asks for. */
  status?: 'failed';
}

/** What a replay would send, or sends. */
export interface Replay {
  deliveries: number;
}

/** Endpoints that a workspace can have. */
export const MOST_WEBHOOKS = 50;
/** Replaced secrets that sign at a time. */
export const MOST_OLD_SECRETS = 10;
export const WEBHOOK_SECRET_PREFIX = 'whsec_';
export const WEBHOOK_PUBLIC_KEY_PREFIX = 'whpk_';

/**
 * Who hears of what by webhook: the right that the endpoint's maker must hold at the time of the event; null for what
 * never leaves by webhook: what is one person's own, or a secret's trace. What somebody with scopes cannot see is not
 * delivered to their endpoints either.
 */
export const EVENT_WEBHOOKS = {
  'workspace.created': 'workspace:read',
  'workspace.renamed': 'workspace:read',
  'workspace.policies_changed': 'policies:read',
  'workspace.ownership_transferred': 'members:read',
  'workspace.break_glass_changed': 'sso:read',
  'workspace.outgoing_paused': 'workspace:read',
  'workspace.outgoing_resumed': 'workspace:read',
  'member.joined': 'members:read',
  'member.role_changed': 'members:read',
  'member.removed': 'members:read',
  'team.created': 'members:read',
  'team.updated': 'members:read',
  'team.deleted': 'members:read',
  'role.created': 'members:read',
  'role.updated': 'members:read',
  'role.deleted': 'members:read',
  'invitation.created': 'members:write',
  'invitation.resent': 'members:write',
  'invitation.revoked': 'members:write',
  'invitation.accepted': 'members:write',
  'user.settings_changed': null,
  'user.profile_changed': 'members:read',
  'user.password_changed': null,
  'user.address_confirmed': null,
  'user.account_merged': 'members:read',
  'user.factor_added': null,
  'user.factor_removed': null,
  'user.factor_renamed': null,
  'user.recovery_code_used': null,
  'user.identity_linked': null,
  'user.identity_unlinked': null,
  'sso_provider.created': 'sso:read',
  'sso_provider.updated': 'sso:read',
  'sso_provider.deleted': 'sso:read',
  'scim_token.created': 'sso:read',
  'scim_token.revoked': 'sso:read',
  'api_key.created': 'api_keys:read',
  'api_key.revoked': 'api_keys:read',
  'api_key.exposed': 'api_keys:read',
  'audit_view.created': null,
  'audit_view.updated': null,
  'audit_view.deleted': null,
  'provider_connection.created': 'webhooks:read',
  'provider_connection.updated': 'webhooks:read',
  'provider_connection.deleted': 'webhooks:read',
  'provider_connection.denied': null,
  'provider_connection.heard': null,
  'audit_export.requested': 'audit:read',
  'audit_export.finished': 'audit:read',
  'audit_schedule.created': 'audit:read',
  'audit_schedule.updated': 'audit:read',
  'audit_schedule.deleted': 'audit:read',
  'audit_schedule.missed': 'audit:read',
  'audit_stream.created': 'audit:read',
  'audit_stream.updated': 'audit:read',
  'audit_stream.deleted': 'audit:read',
  'checkpoint_delivery.updated': 'audit:read',
  'audit_retention.changed': 'audit:read',
  'legal_hold.placed': 'audit:read',
  'legal_hold.released': 'audit:read',
  'privacy_request.made': 'privacy:write',
  'privacy_request.ended': 'privacy:write',
  'session.started': null,
  'session.ended': null,

  'lead.created': 'leads:read',
  'lead.updated': 'leads:read',
  'lead.status_changed': 'leads:read',
  'lead.deleted': 'leads:read',
  'lead.restored': 'leads:read',
  'lead.suppressed': 'leads:read',
  'lead.suppression_lifted': 'leads:read',
  'lead.erased': 'leads:read',

  'conversation.started': 'conversations:read',
  'conversation.updated': 'conversations:read',
  'conversation.status_changed': 'conversations:read',
  'conversation.assigned': 'conversations:read',

  'message.queued': 'messages:read',
  'message.cancelled': 'messages:read',
  'message.sent': 'messages:read',
  'message.delivered': 'messages:read',
  'message.failed': 'messages:read',
  'message.unknown': 'messages:read',
  'message.bounced': 'messages:read',
  'message.opened': 'messages:read',
  'message.clicked': 'messages:read',
  'message.engagement_withdrawn': 'messages:read',
  'message.received': 'messages:read',
  'message.replied': 'messages:read',
  'engagement.judged': 'tracking:read',

  'draft.saved': 'drafts:read',
  'draft.cleared': 'drafts:read',

  'webhook.created': 'webhooks:read',
  'webhook.updated': 'webhooks:read',
  'webhook.deleted': 'webhooks:read',
  'webhook.secret_rotated': 'webhooks:read',
  'webhook.disabled': 'webhooks:read',
  'webhook.enabled': 'webhooks:read',
  'webhook.failing': 'webhooks:read',
  'webhook.recovered': 'webhooks:read',
  'webhook.replayed': 'webhooks:read',
} as const satisfies Record<EventType, Permission | null>;

/** The event types that an endpoint can ask for. */
export const WEBHOOK_EVENT_TYPES: readonly EventType[] = EVENT_TYPES.filter((type) => webhookRight(type) !== null);

/** The right an event asks of an endpoint's maker; null for one that never leaves, or that this version does not know. */
export function webhookRight(type: EventType): Permission | null {
  const table: Partial<Record<EventType, Permission | null>> = EVENT_WEBHOOKS;
  return table[type] ?? null;
}
