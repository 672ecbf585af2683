import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/work';
import type { ToldEvent } from '../providers/provider-request.rules';
import { isFurther, type ProviderStatus, statusOf } from '../providers/status.rules';

/** How far each message of a provider has come, in the provider's own times. */
@Injectable()
export class ProviderMessages {
  /**
   * Takes down a state, whenever it is told. Answers whether the message came further by it; null for an event that
   * speaks of no state.
   */
  async mark(tx: Tx, connectionId: string, event: ToldEvent, toldAt: Date): Promise<boolean | null> {
    const status = statusOf(event.kind);
    const id = event.providerMessageId?.slice(0, 400);
    if (status === null || !id) return null;
    await tx.query(
      `INSERT INTO provider_messages (workspace_id, connection_id, provider_message_id, status)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [tx.workspaceId, connectionId, id, 'told'],
    );
    const [row] = await tx.query<{ status: ProviderStatus | 'told' }>(
      'SELECT status FROM provider_messages WHERE connection_id = $1 AND provider_message_id = $2 FOR UPDATE',
      [connectionId, id],
    );
    const before = row === undefined || row.status === 'told' ? null : row.status;
    const further = isFurther(before, status);
    await tx.query(
      `UPDATE provider_messages SET status = $3, ${TIME_OF[status]} = coalesce(least(${TIME_OF[status]}, $4), $4)
        WHERE connection_id = $1 AND provider_message_id = $2`,
      [connectionId, id, further ? status : before, event.at ?? toldAt],
    );
    return further;
  }
}

const TIME_OF: Record<ProviderStatus, string> = {
  sent: 'sent_at',
  failed: 'failed_at',
  delivered: 'delivered_at',
  read: 'read_at',
  bounced: 'bounced_at',
};
