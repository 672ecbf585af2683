import type { Channel } from '@threadline/contracts';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { visibleTo } from '../reach';

/**
 * Refuses who may see a lead, but not the conversation that its draft will be sent in.
 * @throws Refusal `not_found`
 */
export async function refuseOutOfReach(tx: ReadTx, leadId: string, channel: Channel): Promise<void> {
  const parameters: unknown[] = [leadId, channel];
  const within = visibleTo(tx.actor, parameters).draft('d');
  if (within === 'true') return;
  const rows = await tx.query(
    `SELECT 1 FROM (VALUES ($1::uuid, $2::text)) AS d (lead_id, channel) WHERE ${within}`,
    parameters,
  );
  if (rows.length === 0) throw new Refusal('not_found');
}
