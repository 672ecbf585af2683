import type { EventActor } from './actors';
import type { EventDataMap, EventType } from './events';
import type { Lead } from './leads';
import type { Ref } from './refs';
import type { Webhook } from './webhooks';

export const AUDIT_OUTCOMES = ['allowed', 'denied', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What a field was, and what it is. */
export interface AuditChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Who did it, as they were then. */
export interface AuditActor extends EventActor {
  /** Null once the person was erased. */
  name: string | null;
  /** What they came in by. */
  credential: { kind: 'session' | 'api_key' | 'scim_token'; id: string } | null;
}

/** An entry as GET /api/audit answers it, what was sealed opened. */
export interface AuditEntry {
  id: string;
  seq: number;
  occurredAt: string;
  /** What was done, with the version of its meaning: `lead.updated.v1`. */
  action: string;
  outcome: AuditOutcome;
  actor: AuditActor;
  targets: Ref[];
  changes: AuditChange[];
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  /** Why, in a word: the rule of an automatic act, the code of a refusal. */
  reason: string | null;
  /** Whose personal fields were erased and cannot be shown any more. */
  erased: Ref[];
  /** Its link in the chain, hex. */
  hash: string;
}

/** GET /api/audit/verify. */
export interface AuditVerification {
  ok: boolean;
  entries: number;
  /** Hash of the last entry, hex. */
  head: string;
  /** The first entry that is not what it was. */
  firstBroken?: number;
  /** What is wrong, in words. */
  findings: { seq: number | null; what: string }[];
  /** What this check cannot tell. */
  cannotTell: string[];
}

/** What of an event's data the entry shows; `[]` for nothing but that it happened, null for no entry at all. */
type Shown<T extends EventType> = ((data: EventDataMap[T]) => object) | [] | null;

/** What a person knows of a lead; not its id, which is what the entry is about, nor times that move by themselves. */
const lead = ({ lead }: { lead: Lead }) => {
  const { name, email, phone, company, title, status, tags, customFields, ownerId } = lead;
  return { name, email, phone, company, title, status, tags, customFields, ownerId };
};
/** Of a new lead what was filled in. */
const newLead = (data: { lead: Lead }) =>
  Object.fromEntries(
    Object.entries(lead(data)).filter(
      ([, value]) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
    ),
  );
const conversation = (data: { conversation: object }) => data.conversation;
/** Never what was written: an entry is kept for years and read by people who may not read the mail. */
const message = ({ message: { channel, direction, status } }: EventDataMap['message.sent']) => ({
  channel,
  direction,
  status,
});
/** What an endpoint is set to; not what becomes of it by itself. */
const endpoint = ({ kind, url, eventTypes, filters, headerNames, ordered, asymmetric, maker }: Webhook) => ({
  ...{ kind, url, eventTypes, filters, headerNames, ordered, asymmetric },
  maker: maker.id,
});

/**
 * The audit log: what an entry shows of each event, in the words that its changes are told in. Secrets and texts of
 * messages never stand here. `engagement.judged` has no entry: the hits themselves are kept as evidence, and the open
 * or click that follows from them has one.
 */
export const EVENT_AUDIT = {
  'workspace.created': ({ name }) => ({ name }),
  'workspace.renamed': ({ name }) => ({ name }),
  'workspace.policies_changed': ({ policies }) => policies,
  'workspace.ownership_transferred': ({ to }) => ({ owner: to }),
  'workspace.break_glass_changed': (data) => data,
  'workspace.outgoing_paused': (data) => data,
  'workspace.outgoing_resumed': (data) => data,
  'member.joined': ({ member: { role, teamIds } }) => ({ role, teamIds }),
  'member.role_changed': ({ to }) => ({ role: to }),
  'member.removed': ({ reassignedTo }) => ({ reassignedTo }),
  'team.created': ({ team: { name, memberIds } }) => ({ name, memberIds }),
  'team.updated': ({ team: { name, memberIds } }) => ({ name, memberIds }),
  'team.deleted': ({ name }) => ({ name }),
  'role.created': ({ role: { name, permissions, scopes } }) => ({ name, permissions, scopes }),
  'role.updated': ({ role: { name, description, permissions, scopes } }) => ({
    name,
    description,
    permissions,
    scopes,
  }),
  'role.deleted': ({ name }) => ({ name }),
  'invitation.created': ({ invitation: { email, role } }) => ({ email, role }),
  'invitation.resent': ({ invitation: { email, role } }) => ({ email, role }),
  'invitation.revoked': ({ invitation: { email, role } }) => ({ email, role }),
  'invitation.accepted': ({ invitation: { email, role } }) => ({ email, role }),
  'user.settings_changed': ({ settings }) => settings,
  'user.profile_changed': ({ name, email }) => ({ name, email }),
  'user.password_changed': ({ by }) => ({ by }),
  'user.address_confirmed': ({ email }) => ({ email }),
  'user.account_merged': ({ into }) => ({ into }),
  'user.factor_added': ({ kind, name }) => ({ kind, name }),
  'user.factor_renamed': (data) => data,
  'user.factor_removed': ({ kind, name }) => ({ kind, name }),
  'user.recovery_code_used': ({ left }) => ({ left }),
  'user.identity_linked': ({ providerId }) => ({ providerId }),
  'user.identity_unlinked': ({ providerId }) => ({ providerId }),
  'sso_provider.created': ({ provider }) => provider,
  'sso_provider.updated': ({ provider }) => provider,
  'sso_provider.deleted': ({ name }) => ({ name }),
  'scim_token.created': ({ scimToken }) => ({ name: scimToken.name }),
  'scim_token.revoked': ({ name }) => ({ name }),
  'api_key.created': ({ apiKey: { name, permissions, expiresAt, allowedNetworks } }) => ({
    name,
    permissions,
    expiresAt,
    allowedNetworks,
  }),
  'api_key.revoked': ({ name }) => ({ name }),
  'api_key.exposed': ({ name }) => ({ name }),
  'audit_view.created': ({ view: { name, shared, filters } }) => ({ name, shared, filters }),
  'audit_view.updated': ({ view: { name, shared, filters } }) => ({ name, shared, filters }),
  'audit_view.deleted': ({ name }) => ({ name }),
  'provider_connection.created': ({ provider, name }) => ({ provider, name }),
  'provider_connection.updated': ({ name, changed }) => ({ name, changed }),
  'provider_connection.deleted': ({ provider, name }) => ({ provider, name }),
  // What follows from a provider's events has entries of its own.
  'provider_connection.denied': null,
  'provider_connection.heard': null,
  'audit_export.requested': ({ format, filters, scheduleId }) => ({ format, filters, scheduleId }),
  'audit_export.finished': ({ state, entries, bytes, failure }) => ({ state, entries, bytes, failure }),
  'audit_schedule.created': ({ schedule: { id: _, ...settings } }) => settings,
  'audit_schedule.updated': ({ schedule: { id: _, ...settings } }) => settings,
  'audit_schedule.deleted': ({ name }) => ({ name }),
  'audit_schedule.missed': ({ slot }) => ({ slot }),
  'audit_stream.created': ({ stream: { id: _, ...settings } }) => settings,
  'audit_stream.updated': ({ stream: { id: _, ...settings } }) => settings,
  'audit_stream.deleted': ({ name }) => ({ name }),
  'checkpoint_delivery.updated': ({ delivery }) => delivery,
  'audit_retention.changed': ({ months }) => ({ months }),
  'legal_hold.placed': ({ hold: { reason, targets, actorIds } }) => ({ reason, targets, actorIds }),
  'legal_hold.released': ({ hold: { reason } }) => ({ reason }),
  'privacy_request.made': ({ kind }) => ({ kind }),
  'privacy_request.ended': ({ kind, outcome }) => ({ kind, outcome }),
  'session.started': [],
  'session.ended': ({ reason }) => ({ reason }),

  'lead.created': newLead,
  'lead.updated': lead,
  'lead.status_changed': ({ to }) => ({ status: to }),
  'lead.deleted': ({ name }) => ({ name }),
  'lead.restored': [],
  'lead.suppressed': ({ reason }) => ({ suppressed: reason }),
  'lead.suppression_lifted': ({ why }) => ({ suppressed: null, why }),
  'lead.erased': [],

  'conversation.started': ({ conversation: { channel, status } }) => ({ channel, status }),
  'conversation.updated': conversation,
  'conversation.status_changed': ({ to }) => ({ status: to }),
  'conversation.assigned': ({ to }) => ({ assigneeId: to }),

  'message.queued': message,
  'message.cancelled': message,
  'message.sent': message,
  'message.delivered': message,
  'message.failed': message,
  'message.unknown': message,
  'message.bounced': message,
  'message.opened': ({ hitId }) => ({ hitId }),
  'message.clicked': ({ hitId }) => ({ hitId }),
  'message.engagement_withdrawn': ({ kind, hitId }) => ({ kind, hitId }),
  'message.received': message,
  'message.replied': ({ replyId }) => ({ replyId }),
  'engagement.judged': null,

  'draft.saved': ({ channel, revision }) => ({ channel, revision }),
  'draft.cleared': ({ channel, revision, reason }) => ({ channel, revision, reason }),

  'webhook.created': ({ webhook }) => endpoint(webhook),
  'webhook.updated': ({ webhook }) => endpoint(webhook),
  'webhook.deleted': ({ url }) => ({ url }),
  'webhook.secret_rotated': ({ url, oldUntil }) => ({ url, oldUntil }),
  'webhook.disabled': ({ webhook: { url }, reason }) => ({ url, enabled: false, reason }),
  'webhook.enabled': ({ webhook: { url } }) => ({ url, enabled: true }),
  'webhook.failing': ({ url, deliveryId, error }) => ({ url, deliveryId, error }),
  'webhook.recovered': ({ url }) => ({ url }),
  'webhook.replayed': ({ url, range, deliveries }) => ({ url, range, deliveries }),
} as const satisfies { [T in EventType]: Shown<T> };
