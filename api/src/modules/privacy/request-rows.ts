import type { PrivacyKind, PrivacyRequest, PrivacyStage, PrivacyState } from '@threadline/contracts';

/** A row of `privacy_requests` as the driver gives it, without its file. */
export interface RequestRow {
  id: string;
  kind: PrivacyKind;
  lead_id: string;
  subject_hash: string;
  state: PrivacyState;
  stage: PrivacyStage | null;
  log_seq: string;
  counts: Record<string, number>;
  attempts: number;
  requested_at: Date;
  requested_by: string;
  ended_at: Date | null;
  failure: string | null;
  file_until: Date | null;
}

export const REQUEST_COLUMNS = `r.id, r.kind, r.lead_id, r.subject_hash, r.state, r.stage, r.log_seq, r.counts, r.attempts,
  r.requested_at, r.requested_by, r.ended_at, r.failure, r.file_until`;

export function toRequest(row: RequestRow & { lead_name?: string | null }): PrivacyRequest {
  return {
    id: row.id,
    kind: row.kind,
    leadId: row.lead_id,
    leadName: row.lead_name ?? null,
    state: row.state,
    stage: row.stage,
    counts: row.counts,
    requestedAt: row.requested_at.toISOString(),
    requestedBy: row.requested_by,
    endedAt: row.ended_at?.toISOString() ?? null,
    failure: row.failure,
    fileUntil: row.file_until?.toISOString() ?? null,
  };
}
