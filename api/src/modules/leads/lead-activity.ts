import type { Tx } from '../../platform/work';

/** Something passed between us and a lead. */
export interface LeadTouch {
  leadId: string;
  at: Date;
}

/**
 * Moves `lastActivityAt` of leads, never back. Rows are taken in one order, so that two batches never wait for each
 * other.
 */
export async function touchLeads(tx: Tx, touches: readonly LeadTouch[]): Promise<void> {
  if (touches.length === 0) return;
  await tx.query(
    `WITH touched AS (
       SELECT lead_id, max(at) AS at FROM unnest($2::uuid[], $3::timestamptz[]) AS t (lead_id, at) GROUP BY lead_id
     ), held AS MATERIALIZED (
       SELECT a.lead_id, touched.at FROM lead_activity a JOIN touched USING (lead_id)
        WHERE a.workspace_id = $1 AND (a.last_activity_at IS NULL OR a.last_activity_at < touched.at)
        ORDER BY a.lead_id FOR NO KEY UPDATE OF a
     ), moved AS (
       UPDATE lead_activity a SET last_activity_at = held.at FROM held
        WHERE a.workspace_id = $1 AND a.lead_id = held.lead_id
     ) SELECT 1`,
    [tx.workspaceId, touches.map((touch) => touch.leadId), touches.map((touch) => touch.at)],
  );
}
