import type {
  Conversation,
  ConversationStatus,
  Envelope,
  EventDataMap,
  EventType,
  LeadStatus,
  Message,
} from '@threadline/contracts';

/** What an event says about the things that are counted. */
export type Effect =
  | { of: 'message'; message: Message }
  | { of: 'hits'; messageId: string; hits: EventDataMap['engagement.judged']['hits'] }
  | { of: 'received'; message: Message }
  | { of: 'lead'; leadId: string; status?: LeadStatus; gone: boolean }
  | { of: 'conversation'; conversationId: string; leadId: string; status: ConversationStatus };

const message = (data: { message: Message }): Effect[] => [{ of: 'message', message: data.message }];
const conversation = (data: { conversation: Conversation }): Effect[] => {
  const { id, leadId, status } = data.conversation;
  return [{ of: 'conversation', conversationId: id, leadId, status }];
};

/**
 * What each event does to the roll-ups; null for one that changes no number. Events are read as the state they leave
 * behind, not as a step: an event that comes twice, or a state that was reached another way, counts the same.
 */
export const EFFECTS = {
  'workspace.created': null,
  'workspace.renamed': null,
  'workspace.policies_changed': null,
  'workspace.ownership_transferred': null,
  'workspace.break_glass_changed': null,
  'workspace.outgoing_paused': null,
  'workspace.outgoing_resumed': null,
  'member.joined': null,
  'member.role_changed': null,
  'member.removed': null,
  'team.created': null,
  'team.updated': null,
  'team.deleted': null,
  'role.created': null,
  'role.updated': null,
  'role.deleted': null,
  'invitation.created': null,
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
  'sso_provider.created': null,
  'sso_provider.updated': null,
  'sso_provider.deleted': null,
  'scim_token.created': null,
  'scim_token.revoked': null,
  'api_key.created': null,
  'api_key.revoked': null,
  'api_key.exposed': null,
  'audit_view.created': null,
  'audit_view.updated': null,
  'audit_view.deleted': null,
  'provider_connection.created': null,
  'provider_connection.updated': null,
  'provider_connection.deleted': null,
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
  'audit_retention.changed': null,
  'legal_hold.placed': null,
  'legal_hold.released': null,
  'privacy_request.made': null,
  'privacy_request.ended': null,
  'session.started': null,
  'session.ended': null,

  'lead.created': ({ lead }) => [{ of: 'lead', leadId: lead.id, status: lead.status, gone: false }],
  'lead.updated': null,
  'lead.status_changed': ({ lead }) => [{ of: 'lead', leadId: lead.id, status: lead.status, gone: false }],
  'lead.deleted': ({ leadId }) => [{ of: 'lead', leadId, gone: true }],
  'lead.restored': ({ lead }) => [{ of: 'lead', leadId: lead.id, status: lead.status, gone: false }],
  'lead.suppressed': null,
  'lead.suppression_lifted': null,
  'lead.erased': ({ leadId }) => [{ of: 'lead', leadId, gone: true }],

  'conversation.started': conversation,
  'conversation.updated': null,
  'conversation.status_changed': conversation,
  'conversation.assigned': null,

  // A message counts once it has left; writing one opens a conversation that was resolved or snoozed.
  'message.queued': conversation,
  'message.cancelled': conversation,
  'message.sent': message,
  'message.delivered': message,
  'message.failed': message,
  'message.unknown': message,
  'message.bounced': message,
  'message.opened': message,
  'message.clicked': message,
  'message.engagement_withdrawn': message,
  'message.received': (data) => [{ of: 'received', message: data.message }, ...conversation(data)],
  'message.replied': message,
  'engagement.judged': ({ messageId, hits }) => [{ of: 'hits', messageId, hits }],

  'draft.saved': null,
  'draft.cleared': null,

  'webhook.created': null,
  'webhook.updated': null,
  'webhook.deleted': null,
  'webhook.secret_rotated': null,
  'webhook.disabled': null,
  'webhook.enabled': null,
  'webhook.failing': null,
  'webhook.recovered': null,
  'webhook.replayed': null,
} satisfies { [T in EventType]: ((data: EventDataMap[T]) => Effect[]) | null };

/** The events that change a number. */
export const COUNTED_EVENTS = (Object.keys(EFFECTS) as EventType[]).filter((type) => EFFECTS[type] !== null);

/** What one event says; nothing for an event that changes no number. */
export function effectsOf(event: Envelope): Effect[] {
  const table: Partial<Record<EventType, ((data: never) => Effect[]) | null>> = EFFECTS;
  return table[event.type]?.(event.data as never) ?? [];
}
