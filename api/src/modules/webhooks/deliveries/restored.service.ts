import { Injectable } from '@nestjs/common';
import type { ReadTx, Tx } from '../../../platform/work';

/** Deliveries that were waiting in a backup that was restored, or would follow from events in it. */
@Injectable()
export class RestoredDeliveries {
  /** How many of events up to this one wait. */
  async waiting(tx: ReadTx, seq: number): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhook_deliveries WHERE status = 'pending' AND seq <= $1`,
      [seq],
    );
    return row?.count ?? 0;
  }

  /** Cancels them; they can be replayed. No endpoint gets an event up to this one by itself any more. Answers how many. */
  async cancel(tx: Tx, seq: number): Promise<number> {
    await tx.query('UPDATE webhooks SET since_seq = $1 WHERE since_seq < $1', [seq]);
    const cancelled = await tx.query<{ id: string }>(
      `WITH cancelled AS (
         UPDATE webhook_deliveries SET status = 'cancelled', next_at = NULL, finished_at = $2
          WHERE status = 'pending' AND seq <= $1 RETURNING id
       ) SELECT id FROM cancelled`,
      [seq, tx.now],
    );
    return cancelled.length;
  }
}
