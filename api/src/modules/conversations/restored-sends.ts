import { Injectable } from '@nestjs/common';
import type { ReadTx, Tx } from '../../platform/work';
import { MessagesQueries } from './messages.queries';
import { aboutMessage } from './messages.service';

const WAITING = `state = 'queued' AND id IN (SELECT id FROM messages WHERE created_at <= $1)`;
const REASON =
  'It waited when the backup was made that was restored here; it may have left since. Nothing was sent again.';

/** Messages that were waiting to be sent in a backup that was restored. */
@Injectable()
export class RestoredSends {
  constructor(private readonly queries: MessagesQueries) {}

  /** How many of those that were written until then wait still. */
  async waiting(tx: ReadTx, until: Date): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM message_sends WHERE ${WAITING}`,
      [until],
    );
    return row?.count ?? 0;
  }

  /**
   * Of those it is not known whether they left: none goes out by itself, and each can be sent again by hand. Event
   * `message.unknown` for each. Answers how many.
   */
  async doubt(tx: Tx, until: Date): Promise<number> {
    const doubted = await tx.query<{ id: string }>(
      `WITH doubted AS (
         UPDATE message_sends SET state = 'unknown', reply = $2, claim_token = NULL, lease_until = NULL
          WHERE ${WAITING} RETURNING id
       ) SELECT id FROM doubted ORDER BY id`,
      [until, REASON],
    );
    for (const { id } of doubted) {
      await tx.query(`UPDATE messages SET status = 'unknown', failure = $2, undo_until = NULL WHERE id = $1`, [
        id,
        REASON,
      ]);
      const message = await this.queries.one(tx, id);
      tx.append({ type: 'message.unknown', ...aboutMessage(message), data: { message } });
    }
    return doubted.length;
  }
}
