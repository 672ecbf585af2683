import type { Channel, Envelope, EnvelopeOf, EventType } from '@threadline/contracts';

/** What an event shows something of. */
export type Place =
  { kind: 'lead' | 'conversation' | 'message'; id: string } | { kind: 'draft'; leadId: string; channel: Channel };

/** Whose reach an event changed: something became visible or invisible to them. */
export interface Move {
  /** Those who came to own something or to have it assigned, or had until then. */
  people: readonly string[];
  teams: readonly string[];
  /** Owners of these leads: what is assigned to nobody is theirs. */
  ownersOf: readonly string[];
  /** All who reach as far as their teams; teams themselves have changed. */
  teamsChanged: boolean;
  /** What these people's role allows has changed; `all`: a role has. */
  roles: readonly string[] | 'all';
}

const STILL: Move = { people: [], teams: [], ownersOf: [], teamsChanged: false, roles: [] };
const TEAMS: Move = { ...STILL, teamsChanged: true };

interface Row<T extends EventType> {
  /** The lead or conversation one must be able to see; null for an event about neither. */
  place: ((event: EnvelopeOf<T>) => Place) | null;
  /** Null for an event that leaves everybody's reach as it was. */
  moves: ((event: EnvelopeOf<T>) => Move | null) | null;
}

const NEITHER = { place: null, moves: null };
const TEAM = { place: null, moves: () => TEAMS };
const LEAD = { place: (event: Envelope): Place => ({ kind: 'lead', id: event.subject.id }), moves: null };
const CONVERSATION = {
  place: (event: Envelope): Place => ({ kind: 'conversation', id: event.subject.id }),
  moves: null,
};
const MESSAGE = {
  place: (event: { data: { message: { conversationId: string } } }): Place => ({
    kind: 'conversation',
    id: event.data.message.conversationId,
  }),
  moves: null,
};
const DRAFT = {
  place: ({ data: { leadId, channel } }: { data: { leadId: string; channel: Channel } }): Place => ({
    kind: 'draft',
    leadId,
    channel,
  }),
  moves: null,
};

/**
 * What scopes mean for each event: what one has to see to be shown it, and whose reach it changed. For the live stream,
 * GET /api/events and the feeds.
 */
const REACH_TABLE = {
  'workspace.created': NEITHER,
  'workspace.renamed': NEITHER,
  'workspace.policies_changed': NEITHER,
  'workspace.break_glass_changed': NEITHER,
  'workspace.outgoing_paused': NEITHER,
  'workspace.outgoing_resumed': NEITHER,
  'workspace.ownership_transferred': {
    place: null,
    moves: ({ data }) => ({ ...STILL, roles: [data.from, data.to] }),
  },
  'member.joined': TEAM,
  'member.role_changed': { place: null, moves: ({ data }) => ({ ...STILL, roles: [data.member.userId] }) },
  'member.removed': TEAM,
  'team.created': TEAM,
  'team.updated': TEAM,
  'team.deleted': TEAM,
  'role.created': NEITHER,
  'role.updated': { place: null, moves: () => ({ ...STILL, roles: 'all' as const }) },
  'role.deleted': NEITHER,
  'invitation.created': NEITHER,
  'invitation.resent': NEITHER,
  'invitation.revoked': NEITHER,
  'invitation.accepted': NEITHER,
  'user.settings_changed': NEITHER,
  'user.profile_changed': NEITHER,
  'user.password_changed': NEITHER,
  'user.address_confirmed': NEITHER,
  'user.account_merged': NEITHER,
  'user.factor_added': NEITHER,
  'user.factor_removed': NEITHER,
  'user.factor_renamed': NEITHER,
  'user.recovery_code_used': NEITHER,
  'user.identity_linked': NEITHER,
  'user.identity_unlinked': NEITHER,
  'sso_provider.created': NEITHER,
  'sso_provider.updated': NEITHER,
  'sso_provider.deleted': NEITHER,
  'scim_token.created': NEITHER,
  'scim_token.revoked': NEITHER,
  'api_key.created': NEITHER,
  'api_key.revoked': NEITHER,
  'api_key.exposed': NEITHER,
  'audit_view.created': NEITHER,
  'audit_view.updated': NEITHER,
  'audit_view.deleted': NEITHER,
  'provider_connection.created': NEITHER,
  'provider_connection.updated': NEITHER,
  'provider_connection.deleted': NEITHER,
  'provider_connection.denied': NEITHER,
  'provider_connection.heard': NEITHER,
  'audit_export.requested': NEITHER,
  'audit_export.finished': NEITHER,
  'audit_schedule.created': NEITHER,
  'audit_schedule.updated': NEITHER,
  'audit_schedule.deleted': NEITHER,
  'audit_schedule.missed': NEITHER,
  'audit_stream.created': NEITHER,
  'audit_stream.updated': NEITHER,
  'audit_stream.deleted': NEITHER,
  'checkpoint_delivery.updated': NEITHER,
  'audit_retention.changed': NEITHER,
  'legal_hold.placed': NEITHER,
  'legal_hold.released': NEITHER,
  'privacy_request.made': NEITHER,
  'privacy_request.ended': NEITHER,
  'session.started': NEITHER,
  'session.ended': NEITHER,

  'lead.created': LEAD,
  'lead.updated': {
    place: LEAD.place,
    moves: (event) => (event.data.changed.includes('ownerId') ? { ...STILL, people: named(event, 'user') } : null),
  },
  'lead.status_changed': LEAD,
  'lead.deleted': LEAD,
  'lead.restored': LEAD,
  'lead.suppressed': LEAD,
  'lead.suppression_lifted': LEAD,
  'lead.erased': NEITHER,

  'conversation.started': CONVERSATION,
  'conversation.updated': {
    place: CONVERSATION.place,
    moves: (event) => {
      if (!event.data.changed.includes('teamId')) return null;
      return { ...STILL, teams: named(event, 'team'), ownersOf: [event.data.conversation.leadId] };
    },
  },
  'conversation.status_changed': CONVERSATION,
  'conversation.assigned': {
    place: CONVERSATION.place,
    moves: (event) => ({
      ...STILL,
      people: named(event, 'user'),
      teams: event.data.conversation.teamId === null ? [] : [event.data.conversation.teamId],
      ownersOf: [event.data.conversation.leadId],
    }),
  },

  'message.queued': MESSAGE,
  'message.cancelled': MESSAGE,
  'message.sent': MESSAGE,
  'message.delivered': MESSAGE,
  'message.failed': MESSAGE,
  'message.unknown': MESSAGE,
  'message.bounced': MESSAGE,
  'message.opened': MESSAGE,
  'message.clicked': MESSAGE,
  'message.engagement_withdrawn': MESSAGE,
  'message.received': MESSAGE,
  'message.replied': MESSAGE,
  'engagement.judged': { place: ({ data }) => ({ kind: 'message', id: data.messageId }), moves: null },

  'draft.saved': DRAFT,
  'draft.cleared': DRAFT,

  'webhook.created': NEITHER,
  'webhook.updated': NEITHER,
  'webhook.deleted': NEITHER,
  'webhook.secret_rotated': NEITHER,
  'webhook.disabled': NEITHER,
  'webhook.enabled': NEITHER,
  'webhook.failing': NEITHER,
  'webhook.recovered': NEITHER,
  'webhook.replayed': NEITHER,
} satisfies { [T in EventType]: Row<T> };

const ROWS: Partial<Record<EventType, Row<never>>> = REACH_TABLE;

/** What one has to see to be shown an event; null when it is about no lead and no conversation. */
export function placeOf(event: Envelope): Place | null {
  return ROWS[event.type]?.place?.(event as never) ?? null;
}

/** Whose reach an event changed; null when nobody's. */
export function moveOf(event: Envelope): Move | null {
  return ROWS[event.type]?.moves?.(event as never) ?? null;
}

/** Whether what somebody's role allows has changed by it: whatever they see may be other than it was. */
export function changesRoleOf(event: Envelope, userId: string | null): boolean {
  const roles = moveOf(event)?.roles ?? [];
  return roles === 'all' || (userId !== null && roles.includes(userId));
}

/** One text for each place. */
export function keyOf(place: Place): string {
  return place.kind === 'draft' ? `draft:${place.leadId}:${place.channel}` : `${place.kind}:${place.id}`;
}

/** Ids of one kind that an event is about. */
function named(event: { about: readonly string[] }, kind: 'user' | 'team'): string[] {
  const start = `${kind}:`;
  return event.about.filter((each) => each.startsWith(start)).map((each) => each.slice(start.length));
}
