import type {
  AuditExportFilters,
  AuditExportState,
  AuditFormat,
  AuditSchedule,
  AuditStream,
  CheckpointDelivery,
} from './audit-exports';
import type { AuditViewTold } from './audit-views';
import type { Channel } from './channels';
import type { Verdict } from './engagement';
import type { Lead } from './leads';
import type { Conversation, Message } from './messages';
import type { OutgoingPause, WaitingChoice } from './outgoing';
import type { Provider, ProviderEventState } from './providers';
import type { LegalHold, PrivacyKind } from './privacy';
import type { ScimToken } from './scim';
import type { SsoProvider } from './sso';
import type { LeadSuppressed, SuppressionLifted } from './suppressions';
import type { DisabledReason, ReplayRange, Webhook, WebhookField } from './webhooks';
import type { ApiKey, FactorKind, Invitation, Member, Role, Team, UserSettings, WorkspacePolicies } from './workspace';

/**
 * Everything that can happen, and what each event carries. `noun.verb_in_past`.
 * Adding a line here makes every outlet's table refuse to compile until it has decided about it.
 */
export interface EventDataMap {
  'workspace.created': { name: string };
  'workspace.renamed': { name: string };
  'workspace.policies_changed': { policies: WorkspacePolicies; changed: (keyof WorkspacePolicies)[] };
  'workspace.ownership_transferred': { from: string; to: string };
  /** The owners whose passwords are taken even while the workspace signs in through its provider only. */
  'workspace.break_glass_changed': { userIds: string[] };
  /** It was restored from a backup: webhooks and messages wait, so that nothing is sent twice. */
  'workspace.outgoing_paused': OutgoingPause;
  /** They leave again. */
  'workspace.outgoing_resumed': {
    /** What became of what waited in the backup. */
    waiting: WaitingChoice;
    /** So many deliveries had waited. */
    deliveries: number;
    /** So many messages had waited. */
    messages: number;
  };
  'member.joined': { member: Member };
  /** `from` and `to` are names of roles. */
  'member.role_changed': { member: Member; from: string; to: string };
  'member.removed': { memberId: string; userId: string; name: string; reassignedTo: string | null };
  'team.created': { team: Team };
  'team.updated': { team: Team };
  'team.deleted': { teamId: string; name: string };
  'role.created': { role: Role };
  'role.updated': { role: Role };
  'role.deleted': { roleId: string; name: string };
  'invitation.created': { invitation: Invitation };
  'invitation.resent': { invitation: Invitation };
  'invitation.revoked': { invitation: Invitation };
  'invitation.accepted': { invitation: Invitation; userId: string };
  'user.settings_changed': { settings: UserSettings };
  'user.profile_changed': { userId: string; name: string; email: string };
  'user.password_changed': { userId: string; by: 'user' | 'reset' };
  /** The address is theirs: they have followed a link that was mailed there. */
  'user.address_confirmed': { userId: string; email: string };
  /** Another account of the same person has taken the place of this one. */
  'user.account_merged': {
    userId: string;
    /** The account that has taken its place. */
    into: string;
  };
  'user.factor_added': { userId: string; kind: FactorKind; name: string | null };
  'user.factor_removed': { userId: string; kind: FactorKind; name: string | null };
  'user.factor_renamed': { userId: string; kind: FactorKind; name: string };
  /** `left` are still good. */
  'user.recovery_code_used': { userId: string; left: number };
  /** An identity of a provider now signs this person in. */
  'user.identity_linked': { userId: string; providerId: string };
  'user.identity_unlinked': { userId: string; providerId: string };
  'sso_provider.created': { provider: SsoProvider };
  'sso_provider.updated': { provider: SsoProvider };
  'sso_provider.deleted': { providerId: string; name: string };
  'scim_token.created': { scimToken: ScimToken };
  'scim_token.revoked': { tokenId: string; name: string };
  'api_key.created': { apiKey: ApiKey };
  'api_key.revoked': { apiKeyId: string; name: string };
  /** It was sent where it can be read by others, such as in an address. */
  'api_key.exposed': { apiKeyId: string; name: string };
  'audit_view.created': { view: AuditViewTold };
  'audit_view.updated': { view: AuditViewTold };
  'audit_view.deleted': { viewId: string; name: string };
  'provider_connection.created': { connectionId: string; provider: Provider; name: string };
  /** `changed` names what; of a secret only that there is a new one. */
  'provider_connection.updated': { connectionId: string; provider: Provider; name: string; changed: string[] };
  'provider_connection.deleted': { connectionId: string; provider: Provider; name: string };
  /** Events of the provider were worked on: how many came to what. */
  /** A call was turned away, as its signature is not the provider's; told once in a while, however many there are. */
  'provider_connection.denied': { connectionId: string };
  'provider_connection.heard': { connectionId: string; states: Partial<Record<ProviderEventState, number>> };
  /** `filters` without what may name a person: those are told by their names alone. */
  'audit_export.requested': {
    exportId: string;
    format: AuditFormat;
    filters: AuditExportFilters;
    scheduleId: string | null;
  };
  'audit_export.finished': {
    exportId: string;
    state: Extract<AuditExportState, 'done' | 'failed' | 'cancelled'>;
    entries: number;
    bytes: number;
    failure: string | null;
  };
  'audit_schedule.created': { schedule: AuditScheduleSettings };
  'audit_schedule.updated': { schedule: AuditScheduleSettings };
  'audit_schedule.deleted': { scheduleId: string; name: string };
  /** A slot that was more than a day ago when somebody was there to make it; in local time. */
  'audit_schedule.missed': { scheduleId: string; slot: string };
  'audit_stream.created': { stream: AuditStreamSettings };
  'audit_stream.updated': { stream: AuditStreamSettings };
  'audit_stream.deleted': { streamId: string; name: string };
  'checkpoint_delivery.updated': { delivery: Omit<CheckpointDelivery, 'mailedAt'> };
  /** `months`: null keeps the audit log for ever. */
  'audit_retention.changed': { months: number | null };
  'legal_hold.placed': { hold: LegalHold };
  'legal_hold.released': { hold: LegalHold };
  'privacy_request.made': { requestId: string; kind: PrivacyKind; leadId: string };
  'privacy_request.ended': { requestId: string; kind: PrivacyKind; leadId: string; outcome: 'done' | 'failed' };
  'session.started': { sessionId: string; userId: string };
  'session.ended': { sessionId: string; userId: string; reason: SessionEnd };

  'lead.created': { lead: Lead };
  'lead.updated': { lead: Lead; changed: (keyof Lead)[] };
  'lead.status_changed': { lead: Lead; from: Lead['status']; to: Lead['status'] };
  'lead.deleted': { leadId: string; name: string };
  'lead.restored': { lead: Lead };
  /** Nothing is sent to its address any more. */
  'lead.suppressed': LeadSuppressed;
  'lead.suppression_lifted': SuppressionLifted;
  /** Everything that told who it was is gone; what the log said of it before says `erased`. */
  'lead.erased': { leadId: string; requestId: string };

  'conversation.started': { conversation: Conversation };
  'conversation.updated': { conversation: Conversation; changed: (keyof Conversation)[] };
  'conversation.status_changed': {
    conversation: Conversation;
    from: Conversation['status'];
    to: Conversation['status'];
  };
  'conversation.assigned': { conversation: Conversation; from: string | null; to: string | null };

  /** Accepted for sending, or to be tried again (`message.failure` says why); not yet with the mail server. */
  'message.queued': { message: Message; conversation: Conversation };
  'message.cancelled': {
    message: Message;
    conversation: Conversation;
    /** The lead's, as it is without the message. */
    lastActivityAt: string | null;
  };
  'message.sent': { message: Message };
  'message.delivered': { message: Message };
  'message.failed': { message: Message };
  /** The hand-over was cut; it is not known whether a copy left. */
  'message.unknown': { message: Message };
  'message.bounced': { message: Message };
  /** First open judged human. */
  'message.opened': { message: Message; hitId: string };
  /** First click judged human. */
  'message.clicked': { message: Message; hitId: string; link: string };
  /** Hits counted as human turned out to be a machine's: `openedAt` or `clickedAt` is taken back. */
  'message.engagement_withdrawn': { message: Message; kind: 'open' | 'click'; hitId: string };
  /** An inbound message came in that answers one of ours or starts a conversation. */
  'message.received': { message: Message; conversation: Conversation };
  /** One of ours, by the message `replyId`. */
  'message.replied': { message: Message; replyId: string };
  /** Hits were judged, in whatever sense: what the counts by verdict are made of. */
  'engagement.judged': {
    messageId: string;
    leadId: string;
    hits: {
      id: string;
      kind: 'open' | 'click';
      verdict: Verdict;
      rule: string;
      at: string;
      previous: Verdict | null;
    }[];
  };

  /** The text is not in the log: a draft is unsent and private to the workspace's screens; fetch it at `revision`. */
  'draft.saved': { leadId: string; channel: Channel; revision: number; clientId: string | null };
  'draft.cleared': { leadId: string; channel: Channel; revision: number; reason: 'sent' | 'discarded' };

  'webhook.created': { webhook: Webhook };
  'webhook.updated': { webhook: Webhook; changed: WebhookField[] };
  'webhook.deleted': { webhookId: string; url: string };
  /** Until `oldUntil` the secret before it signs too. */
  'webhook.secret_rotated': { webhookId: string; url: string; oldUntil: string };
  'webhook.disabled': { webhook: Webhook; reason: DisabledReason };
  'webhook.enabled': { webhook: Webhook };
  /** A delivery failed for the fourth time. */
  'webhook.failing': { webhookId: string; url: string; deliveryId: string; error: string };
  /** It had been failing, and takes deliveries again. */
  'webhook.recovered': { webhookId: string; url: string };
  'webhook.replayed': { webhookId: string; url: string; range: ReplayRange; deliveries: number };
}

/** What a schedule is set to; not what became of it. */
export type AuditScheduleSettings = Omit<AuditSchedule, 'createdBy' | 'createdAt' | 'nextAt' | 'slots'>;
/** What a stream is set to; not how it fares. */
export type AuditStreamSettings = Pick<
  AuditStream,
  'id' | 'name' | 'kind' | 'url' | 'host' | 'port' | 'tls' | 'entries' | 'checkpoints' | 'state'
>;

/** Why a session is over. */
export type SessionEnd =
  'logout' | 'expired' | 'reused' | 'revoked' | 'password_changed' | 'factor_changed' | 'member_removed' | 'switched';

export type EventType = keyof EventDataMap;
