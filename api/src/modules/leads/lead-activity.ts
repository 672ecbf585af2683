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
  const latest = new Map<string, Date>();
  for (const { leadId, at } of touches) {
    const known = latest.get(leadId);
    if (!known || known < at) latest.set(leadId, at);
  }
  if (latest.size === 0) return;
  const ids = [...latest.keys()];
  if (ids.length > 1) {
    await tx.query('SELECT 1 FROM leads WHERE workspace_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE', [
      tx.workspaceId,
      ids,
    ]);
  }
  const at = '($3::timestamptz[])[array_position($2::uuid[], id)]';
  await tx.query(
    `UPDATE leads SET last_activity_at = ${at}
      WHERE workspace_id = $1 AND id = ANY ($2) AND (last_activity_at IS NULL OR last_activity_at < ${at})`,
    [tx.workspaceId, ids, [...latest.values()]],
  );
}

/** Sets `lastActivityAt` to what remains. The lead is locked first, so that nothing passes unseen meanwhile. */
export async function untouchLead(tx: Tx, leadId: string, latest: () => Promise<Date | null>): Promise<Date | null> {
  await tx.query('SELECT 1 FROM leads WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE', [tx.workspaceId, leadId]);
  const at = await latest();
  await tx.query('UPDATE leads SET last_activity_at = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    leadId,
    at,
  ]);
  return at;
}
