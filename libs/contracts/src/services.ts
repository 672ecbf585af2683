import type { Envelope, EnvelopeOf } from './envelope';
import type { EventType } from './events';
import type { LogService } from './live';

/**
 * Which services hear of an event beside `activity`, which hears of every event. The live stream sends by this
 * table and the polling fallback sorts by it, so both show the same. An empty list is a decision too.
 */
export const EVENT_SERVICES = {
  'workspace.created': [],
  'workspace.renamed': [],
  'workspace.policies_changed': [],
  'workspace.ownership_transferred': [],
  'workspace.break_glass_changed': [],
  'workspace.outgoing_paused': [],
  'workspace.outgoing_resumed': [],
  'member.joined': [],
  'member.role_changed': [],
  'member.removed': [],
  'team.created': [],
  'team.updated': [],
  'team.deleted': [],
  'role.created': [],
  'role.updated': [],
  'role.deleted': [],
  'invitation.created': [],
  'invitation.resent': [],
  'invitation.revoked': [],
  'invitation.accepted': [],
  'user.settings_changed': [],
  'user.profile_changed': [],
  'user.password_changed': [],
  'user.address_confirmed': [],
  'user.account_merged': [],
  'user.factor_added': [],
  'user.factor_removed': [],
  'user.factor_renamed': [],
  'user.recovery_code_used': [],
  'user.identity_linked': [],
  'user.identity_unlinked': [],
  'sso_provider.created': [],
  'sso_provider.updated': [],
  'sso_provider.deleted': [],
  'scim_token.created': [],
  'scim_token.revoked': [],
  'api_key.created': [],
  'api_key.revoked': [],
  'api_key.exposed': [],
  'audit_view.created': [],
  'audit_view.updated': [],
  'audit_view.deleted': [],
  'provider_connection.created': [],
  'provider_connection.updated': [],
  'provider_connection.deleted': [],
  'provider_connection.denied': [],
  'provider_connection.heard': [],
  'audit_export.requested': [],
  'audit_export.finished': [],
  'audit_schedule.created': [],
  'audit_schedule.updated': [],
  'audit_schedule.deleted': [],
  'audit_schedule.missed': [],
  'audit_stream.created': [],
  'audit_stream.updated': [],
  'audit_stream.deleted': [],
  'checkpoint_delivery.updated': [],
  'audit_retention.changed': [],
  'legal_hold.placed': [],
  'legal_hold.released': [],
  'privacy_request.made': [],
  'privacy_request.ended': [],
  'session.started': [],
  'session.ended': [],

  'lead.created': ['leads'],
  'lead.updated': ['leads'],
  'lead.status_changed': ['leads'],
  'lead.deleted': ['leads'],
  'lead.restored': ['leads'],
  'lead.suppressed': ['leads'],
  'lead.suppression_lifted': ['leads'],
  'lead.erased': ['leads'],

  'conversation.started': ['messages'],
  'conversation.updated': ['messages'],
  'conversation.status_changed': ['messages'],
  'conversation.assigned': ['messages'],

  'message.queued': ['messages'],
  'message.cancelled': ['messages'],
  'message.sent': ['messages'],
  'message.delivered': ['messages'],
  'message.failed': ['messages'],
  'message.unknown': ['messages'],
  'message.bounced': ['messages'],
  'message.opened': ['messages'],
  'message.clicked': ['messages'],
  'message.engagement_withdrawn': ['messages'],
  'message.received': ['messages'],
  'message.replied': ['messages'],
  'engagement.judged': ['messages'],

  'draft.saved': ['drafts'],
  'draft.cleared': ['drafts'],

  'webhook.created': [],
  'webhook.updated': [],
  'webhook.deleted': [],
  'webhook.secret_rotated': [],
  'webhook.disabled': [],
  'webhook.enabled': [],
  'webhook.failing': [],
  'webhook.recovered': [],
  'webhook.replayed': [],
} as const satisfies Record<EventType, readonly Exclude<LogService, 'activity'>[]>;

/** The event types that a service carries. */
export type EventOfService<S extends LogService> = S extends 'activity'
  ? EventType
  : { [T in EventType]: S extends (typeof EVENT_SERVICES)[T][number] ? T : never }[EventType];

/** The envelopes that a service carries. */
export type EnvelopeOfService<S extends LogService> = { [T in EventOfService<S>]: EnvelopeOf<T> }[EventOfService<S>];

/** Whether a service carries this event. False for a type that this version does not know. */
export function carries<S extends LogService>(service: S, event: Envelope): event is EnvelopeOfService<S> & Envelope {
  const table: Partial<Record<EventType, readonly LogService[]>> = EVENT_SERVICES;
  const services = table[event.type];
  return services !== undefined && (service === 'activity' || services.includes(service));
}
