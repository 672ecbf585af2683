import type { Ref } from './refs';

/** The shortest time an audit log may be kept, in months; for ever is the default. */
export const MIN_RETENTION_MONTHS = 1;
/** The longest time that can be set, in months. */
export const MAX_RETENTION_MONTHS = 240;

/** How long the audit log is kept: GET and PUT /api/audit/retention. */
export interface AuditRetention {
  /** Null: for ever. */
  months: number | null;
  updatedAt: string | null;
  /** The member who set it. */
  updatedBy: string | null;
}

/** What a retention would cut now: GET /api/audit/retention/preview. */
export interface RetentionPreview {
  months: number;
  /** Entries before this moment are older than the retention. */
  before: string;
  /** How many entries would go. */
  entries: number;
  /** Numbers and times of the first and the last of them; null when none would go. */
  first: { seq: number; occurredAt: string } | null;
  last: { seq: number; occurredAt: string } | null;
  /** The oldest entry there is now, whether it would go or not. */
  oldest: { seq: number; occurredAt: string } | null;
  /** What they tell of, the most frequent first. */
  actions: { action: string; count: number }[];
  /** Entries that are old enough and stay because a legal hold needs them, or what comes before them. */
  held: number;
}

/** What nobody may cut or erase for now, and why. Without targets and actors: everything. */
export interface LegalHold {
  id: string;
  reason: string;
  /** Entries about these, and these things themselves. */
  targets: Ref[];
  /** Entries by these people, API keys or parts of Threadline. */
  actorIds: string[];
  placedAt: string;
  placedBy: string;
  releasedAt: string | null;
  releasedBy: string | null;
}

export const PRIVACY_KINDS = ['erase', 'export'] as const;
export type PrivacyKind = (typeof PRIVACY_KINDS)[number];

/** waiting → running → done | failed; a failed one can be asked for again. */
export const PRIVACY_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type PrivacyState = (typeof PRIVACY_STATES)[number];

/** What is done one after the other for a request. */
export const PRIVACY_STAGES = ['collect', 'rows', 'events', 'receipt'] as const;
export type PrivacyStage = (typeof PRIVACY_STAGES)[number];

/** A data subject's request: what is known of a lead is handed over, or erased. */
export interface PrivacyRequest {
  id: string;
  kind: PrivacyKind;
  leadId: string;
  /** The lead's name; null once it is erased. */
  leadName: string | null;
  state: PrivacyState;
  /** What is being done; null when nothing is. */
  stage: PrivacyStage | null;
  /** Rows done so far, by the table they stood in. */
  counts: Record<string, number>;
  requestedAt: string;
  /** The member who asked. */
  requestedBy: string;
  endedAt: string | null;
  /** Why it failed, in words. */
  failure: string | null;
  /** Of an export: until when its maker can fetch the file. Null when there is none, or none any more. */
  fileUntil: string | null;
}
