import type { Envelope } from './envelope';
import type { EventType } from './events';
import type { Permission } from './permissions';

/**
 * The activity feed: who may read of an event there; null for what is no news to colleagues. Left out are sessions,
 * settings and drafts, which are one person's own, and steps that another event tells of: a queued message is told when
 * it has left, a judged hit when it counts. GET /api/dashboard/activity answers by this table, and the web app sorts
 * the live stream by it.
 */
export const EVENT_ACTIVITY = {
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
  'team.updated': null,
  'team.deleted': 'members:read',
  'role.created': 'members:read',
  'role.updated': 'members:read',
  'role.deleted': 'members:read',
  'invitation.created': 'members:write',
  'invitation.resent': null,
  'invitation.revoked': null,
  'invitation.accepted': null,
  'user.settings_changed': null,
  'user.profile_changed': null,
  'user.password_changed': null,
  'user.address_confirmed': null,
  'user.account_merged': null,
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
  'provider_connection.updated': null,
  'provider_connection.deleted': 'webhooks:read',
  'provider_connection.denied': null,
  'provider_connection.heard': null,
  'audit_export.requested': null,
  'audit_export.finished': null,
  'audit_schedule.created': null,
  'audit_schedule.updated': null,
  'audit_schedule.deleted': null,
  'audit_schedule.missed': null,
  'audit_stream.created': null,
  'audit_stream.updated': null,
  'audit_stream.deleted': null,
  'checkpoint_delivery.updated': null,
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

  'conversation.started': null,
  'conversation.updated': null,
  'conversation.status_changed': 'conversations:read',
  'conversation.assigned': 'conversations:read',

  'message.queued': null,
  'message.cancelled': null,
  'message.sent': 'messages:read',
  'message.delivered': null,
  'message.failed': 'messages:read',
  'message.unknown': 'messages:read',
  'message.bounced': 'messages:read',
  'message.opened': 'messages:read',
  'message.clicked': 'messages:read',
  'message.engagement_withdrawn': 'messages:read',
  'message.received': 'messages:read',
  'message.replied': 'messages:read',
  'engagement.judged': null,

  'draft.saved': null,
  'draft.cleared': null,

  'webhook.created': 'webhooks:read',
  'webhook.updated': null,
  'webhook.deleted': 'webhooks:read',
  'webhook.secret_rotated': null,
  'webhook.disabled': 'webhooks:read',
  'webhook.enabled': 'webhooks:read',
  'webhook.failing': 'webhooks:read',
  'webhook.recovered': 'webhooks:read',
  'webhook.replayed': 'webhooks:read',
} as const satisfies Record<EventType, Permission | null>;

/** The event types that somebody with these permissions reads of in the activity feed. */
export function activityTypes(permissions: { has(permission: Permission): boolean }): EventType[] {
  const table: Record<EventType, Permission | null> = EVENT_ACTIVITY;
  return (Object.keys(table) as EventType[]).filter((type) => {
    const permission = table[type];
    return permission !== null && permissions.has(permission);
  });
}

/** Whether the activity feed tells of this event. False for a type that this version does not know. */
export function isActivity(event: Envelope): boolean {
  const table: Partial<Record<EventType, Permission | null>> = EVENT_ACTIVITY;
  return Boolean(table[event.type]);
}
