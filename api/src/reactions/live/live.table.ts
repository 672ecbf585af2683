import {
  carries,
  type EnvelopeOf,
  type Envelope,
  type EventType,
  LOG_MESSAGES,
  type LogService,
  type Permission,
  type Service,
  STATE_MESSAGES,
  type StateService,
} from '@threadline/contracts';

/**
 * Whose screens an event takes down: those of one session or API key, or all of one person in the workspace. `changed`
 * names people whose rights are others now: they may come back with what they have.
 */
export type Ending = { credentialId: string } | { userId: string } | { changed: readonly string[] };

interface Row<T extends EventType> {
  /** Holders of a permission, one person, or nobody. Whoever may not see it is told its place in the order. */
  sees: Permission | { only: (event: EnvelopeOf<T>) => string } | 'nobody';
  /** Whose right to be here it ends; null for an event that ends none. Applied before anything later is sent. */
  ends: ((event: EnvelopeOf<T>) => Ending) | null;
}

const seenWith = (sees: Permission) => ({ sees, ends: null });
/** Changes what people may do; they are among those the event is about. */
const changesRights = { sees: 'members:read', ends: (event: Envelope) => ({ changed: peopleIn(event) }) } as const;
const ofLeads = seenWith('leads:read');
const ofConversations = seenWith('conversations:read');
const ofMessages = seenWith('messages:read');
const ofDrafts = seenWith('drafts:read');
const ofWebhooks = seenWith('webhooks:read');

/**
 * Who hears of what on the live stream and in GET /api/events. Which service carries an event stands in
 * EVENT_SERVICES of the contracts, because the polling fallback sorts by it too.
 */
export const LIVE_TABLE = {
  'workspace.created': seenWith('workspace:read'),
  'workspace.renamed': seenWith('workspace:read'),
  'workspace.policies_changed': seenWith('policies:read'),
  'workspace.ownership_transferred': seenWith('members:read'),
  'workspace.break_glass_changed': seenWith('sso:read'),
  'workspace.outgoing_paused': seenWith('workspace:read'),
  'workspace.outgoing_resumed': seenWith('workspace:read'),
  'member.joined': seenWith('members:read'),
  'member.role_changed': changesRights,
  'member.removed': { sees: 'members:read', ends: (event) => ({ userId: event.data.userId }) },
  'team.created': changesRights,
  'team.updated': changesRights,
  'team.deleted': changesRights,
  'role.created': seenWith('members:read'),
  'role.updated': changesRights,
  'role.deleted': seenWith('members:read'),
  'invitation.created': seenWith('members:write'),
  'invitation.resent': seenWith('members:write'),
  'invitation.revoked': seenWith('members:write'),
  'invitation.accepted': seenWith('members:write'),
  'user.settings_changed': { sees: { only: (event) => event.subject.id }, ends: null },
  'user.profile_changed': seenWith('members:read'),
  'user.password_changed': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.address_confirmed': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.account_merged': { sees: 'members:read', ends: null },
  'user.factor_added': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.factor_removed': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.factor_renamed': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.recovery_code_used': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.identity_linked': { sees: { only: (event) => event.data.userId }, ends: null },
  'user.identity_unlinked': { sees: { only: (event) => event.data.userId }, ends: null },
  'sso_provider.created': seenWith('sso:read'),
  'sso_provider.updated': seenWith('sso:read'),
  'sso_provider.deleted': seenWith('sso:read'),
  'scim_token.created': seenWith('sso:read'),
  'scim_token.revoked': seenWith('sso:read'),
  'api_key.created': seenWith('api_keys:read'),
  'api_key.revoked': { sees: 'api_keys:read', ends: (event) => ({ credentialId: event.data.apiKeyId }) },
  'api_key.exposed': seenWith('api_keys:read'),
  'audit_view.created': seenWith('audit:read'),
  'audit_view.updated': seenWith('audit:read'),
  'audit_view.deleted': seenWith('audit:read'),
  'provider_connection.created': seenWith('webhooks:read'),
  'provider_connection.updated': seenWith('webhooks:read'),
  'provider_connection.deleted': seenWith('webhooks:read'),
  'provider_connection.denied': seenWith('webhooks:read'),
  'provider_connection.heard': seenWith('webhooks:read'),
  'audit_export.requested': seenWith('audit:read'),
  'audit_export.finished': seenWith('audit:read'),
  'audit_schedule.created': seenWith('audit:read'),
  'audit_schedule.updated': seenWith('audit:read'),
  'audit_schedule.deleted': seenWith('audit:read'),
  'audit_schedule.missed': seenWith('audit:read'),
  'audit_stream.created': seenWith('audit:read'),
  'audit_stream.updated': seenWith('audit:read'),
  'audit_stream.deleted': seenWith('audit:read'),
  'checkpoint_delivery.updated': seenWith('audit:read'),
  'audit_retention.changed': seenWith('audit:read'),
  'legal_hold.placed': seenWith('audit:read'),
  'legal_hold.released': seenWith('audit:read'),
  'privacy_request.made': seenWith('privacy:write'),
  'privacy_request.ended': seenWith('privacy:write'),
  'session.started': { sees: { only: (event) => event.data.userId }, ends: null },
  'session.ended': {
    sees: { only: (event) => event.data.userId },
    ends: (event) => ({ credentialId: event.data.sessionId }),
  },

  'lead.created': ofLeads,
  'lead.updated': ofLeads,
  'lead.status_changed': ofLeads,
  'lead.deleted': ofLeads,
  'lead.restored': ofLeads,
  'lead.suppressed': ofLeads,
  'lead.suppression_lifted': ofLeads,
  'lead.erased': ofLeads,

  'conversation.started': ofConversations,
  'conversation.updated': ofConversations,
  'conversation.status_changed': ofConversations,
  'conversation.assigned': ofConversations,

  'message.queued': ofMessages,
  'message.cancelled': ofMessages,
  'message.sent': ofMessages,
  'message.delivered': ofMessages,
  'message.failed': ofMessages,
  'message.unknown': ofMessages,
  'message.bounced': ofMessages,
  'message.opened': ofMessages,
  'message.clicked': ofMessages,
  'message.engagement_withdrawn': ofMessages,
  'message.received': ofMessages,
  'message.replied': ofMessages,
  'engagement.judged': seenWith('tracking:read'),

  'draft.saved': ofDrafts,
  'draft.cleared': ofDrafts,

  'webhook.created': ofWebhooks,
  'webhook.updated': ofWebhooks,
  'webhook.deleted': ofWebhooks,
  'webhook.secret_rotated': ofWebhooks,
  'webhook.disabled': ofWebhooks,
  'webhook.enabled': ofWebhooks,
  'webhook.failing': ofWebhooks,
  'webhook.recovered': ofWebhooks,
  'webhook.replayed': ofWebhooks,
} satisfies { [T in EventType]: Row<T> };

/** What subscribing to a service takes. Services without a permission of their own yet go by the nearest. */
export const SERVICE_PERMISSIONS = {
  messages: 'messages:read',
  leads: 'leads:read',
  deals: 'leads:read',
  drafts: 'drafts:read',
  campaigns: 'messages:read',
  activity: 'events:read',
  notifications: 'workspace:read',
  analytics: 'analytics:read',
  stats: 'analytics:read',
  presence: 'members:read',
  tasks: 'workspace:read',
  webhooks: 'webhooks:read',
} as const satisfies Record<Service, Permission>;

const ROWS: Partial<Record<EventType, Row<never>>> = LIVE_TABLE;

/** The permissions that decide about events, each once. */
const DECIDING = [...new Set(Object.values(LIVE_TABLE).map(({ sees }) => sees))].filter(
  (sees): sees is Permission => typeof sees === 'string',
);

/** Two people with the same view see the same events, but for those that are only for one person. */
export function viewOf(permissions: ReadonlySet<Permission>): string {
  return DECIDING.map((permission) => (permissions.has(permission) ? '1' : '0')).join('');
}

/** The one person an event is for; undefined when it is not for a single person. */
export function onlyFor(event: Envelope): string | undefined {
  const sees = ROWS[event.type]?.sees;
  return typeof sees === 'object' ? sees.only(event as never) : undefined;
}

/** Whether somebody may see an event. Never for a type that this version does not know. */
export function maySee(event: Envelope, permissions: ReadonlySet<Permission>, userId: string | null): boolean {
  const sees = ROWS[event.type]?.sees;
  if (sees === undefined || sees === 'nobody') return false;
  return typeof sees === 'object' ? sees.only(event as never) === userId : permissions.has(sees);
}

function peopleIn({ about }: Envelope): string[] {
  return about.flatMap((each) => (each.startsWith('user:') ? [each.slice('user:'.length)] : []));
}

/** Whose screens an event takes down. */
export function endingOf(event: Envelope): Ending | null {
  return ROWS[event.type]?.ends?.(event as never) ?? null;
}

/** Whether a message of this service shows the event to such a person; otherwise its place in the order alone. */
export function shows(
  service: LogService,
  event: Envelope,
  permissions: ReadonlySet<Permission>,
  userId: string | null,
): boolean {
  return carries(service, event) && maySee(event, permissions, userId);
}

export function isLogService(service: Service): service is LogService {
  return Object.hasOwn(LOG_MESSAGES, service);
}

export function isStateService(service: Service): service is StateService {
  return Object.hasOwn(STATE_MESSAGES, service);
}
