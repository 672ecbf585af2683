import type { AuditOutcome } from './audit';
import type { RefKind } from './refs';

/** `jsonl` to verify it offline, `csv` to read it. */
export const AUDIT_FORMATS = ['csv', 'jsonl'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** Which entries are meant: those of GET /api/audit with the same words. */
export interface AuditExportFilters {
  actorId?: string;
  outcome?: AuditOutcome;
  action?: string;
  targetType?: RefKind;
  targetId?: string;
  from?: string;
  to?: string;
  ip?: string;
  requestId?: string;
  q?: string;
}

export const AUDIT_EXPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type AuditExportState = (typeof AUDIT_EXPORT_STATES)[number];

/** A file made of the audit log. */
export interface AuditExport {
  id: string;
  format: AuditFormat;
  filters: AuditExportFilters;
  state: AuditExportState;
  /** The schedule it was made by; null when a person asked for it. */
  scheduleId: string | null;
  createdBy: { id: string; name: string };
  createdAt: string;
  finishedAt: string | null;
  /** When the file is removed; null as long as there is none. */
  expiresAt: string | null;
  /** Entries written so far. */
  entries: number;
  /** Of the file so far. */
  bytes: number;
  /** How far into the log it has come, out of `total`. */
  done: number;
  total: number;
  /** Why it failed or was cancelled, in words. */
  failure: string | null;
  /** Whether the caller may download it now. */
  downloadable: boolean;
}

export const AUDIT_FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;
export type AuditFrequency = (typeof AUDIT_FREQUENCIES)[number];

/** When a schedule is due, in its own time zone. */
export interface AuditSlotRule {
  frequency: AuditFrequency;
  /** 1 Monday to 7 Sunday; for `weekly`. */
  weekday: number;
  /** 1 to 31, the last day of shorter months; for `monthly`. */
  monthday: number;
  hour: number;
  minute: number;
  /** IANA, such as `Europe/Berlin`. */
  timeZone: string;
}

/** Exports that are made by themselves. */
export interface AuditSchedule extends AuditSlotRule {
  id: string;
  name: string;
  format: AuditFormat;
  filters: AuditExportFilters;
  /** `new`: what came since the slot before; `all`: the whole log each time. */
  covers: 'new' | 'all';
  /** Who is mailed a link when the file is there. */
  recipientIds: string[];
  createdBy: { id: string; name: string };
  createdAt: string;
  state: 'active' | 'paused';
  /** Why it was paused, in words; null when a person did it. */
  pausedBecause: string | null;
  /** Null while it is paused. */
  nextAt: string | null;
  /** The newest slots, in local time, and what became of each. */
  slots: { slot: string; state: 'made' | 'missed'; exportId: string | null; at: string }[];
}

export const AUDIT_STREAM_KINDS = ['webhook', 'syslog'] as const;
export type AuditStreamKind = (typeof AUDIT_STREAM_KINDS)[number];

/** Where entries and checkpoints go by themselves. */
export interface AuditStream {
  id: string;
  name: string;
  kind: AuditStreamKind;
  /** Of a webhook; null for syslog. */
  url: string | null;
  /** Of syslog; null for a webhook. */
  host: string | null;
  port: number | null;
  /** Of syslog: over TLS (RFC 5425), or plain TCP, which only networks that the operator opened can be reached by. */
  tls: boolean;
  /** Of syslog over TLS: a certificate (PEM) to trust beside the well-known ones. */
  certificate: string | null;
  entries: boolean;
  checkpoints: boolean;
  /** `disabled`: nothing could be delivered for five days, or the receiver said that it is gone. */
  state: 'active' | 'paused' | 'disabled';
  createdAt: string;
  /** The last entry that was taken. */
  position: number;
  /** Entries that were not taken yet. */
  lag: number;
  lastDeliveredAt: string | null;
  /** Tries in a row that failed. */
  failures: number;
  lastError: string | null;
  lastErrorAt: string | null;
  /** When it is tried again; null when nothing is waiting. */
  nextAt: string | null;
}

/** Who is mailed checkpoints, and how often at most. */
export interface CheckpointDelivery {
  recipientIds: string[];
  every: 'hour' | 'day';
  /** When one was mailed last. */
  mailedAt: string | null;
}
