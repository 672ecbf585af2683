import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MOST_RECEIVERS, type ReceiverAnswer, ref, type WebhookReceiver } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { ReceiversQueries } from './receivers.queries';

/**
 * Making and changing receivers. They are a place to try things, not a state of the workspace: what is done to them
 * stands in the audit log and not among the events.
 */
@Injectable()
export class Receivers {
  constructor(private readonly queries: ReceiversQueries) {}

  /** @throws Refusal `quota_reached` */
  async create(tx: Tx): Promise<WebhookReceiver> {
    const id = v7();
    // Taken in turn, so that two at once do not both find the last place free.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 96))', [tx.workspaceId]);
    const [made] = await tx.query<{ id: string }>(
      `INSERT INTO webhook_receivers (workspace_id, id, token, answer, created_at)
       SELECT $1, $2, $3, 'ok', $4 WHERE (SELECT count(*) FROM webhook_receivers) < ${MOST_RECEIVERS} RETURNING id`,
      [tx.workspaceId, id, randomBytes(32).toString('base64url'), tx.now],
    );
    if (!made) {
      const detail = `A workspace has ${MOST_RECEIVERS} receivers at most. Delete one that is not needed any more.`;
      throw new Refusal('quota_reached', { detail });
    }
    this.note(tx, 'created');
    return this.queries.one(tx, id);
  }

  /** From now on it answers like this. @throws Refusal `not_found` */
  async change(tx: Tx, id: string, answer: ReceiverAnswer): Promise<WebhookReceiver> {
    const before = await this.queries.one(tx, id);
    if (before.answer === answer) return before;
    await tx.query('UPDATE webhook_receivers SET answer = $2 WHERE id = $1', [id, answer]);
    this.note(tx, 'changed', [{ field: 'answer', before: before.answer, after: answer }]);
    return { ...before, answer };
  }

  /** Its address answers nobody any more; what came to it goes too. @throws Refusal `not_found` */
  async delete(tx: Tx, id: string): Promise<void> {
    await this.queries.one(tx, id);
    await tx.query('DELETE FROM webhook_receivers WHERE id = $1', [id]);
    this.note(tx, 'deleted');
  }

  /** Throws away what came to it so far. @throws Refusal `not_found` */
  async clear(tx: Tx, id: string): Promise<void> {
    await this.queries.one(tx, id);
    await tx.query('DELETE FROM webhook_receptions WHERE receiver_id = $1', [id]);
    this.note(tx, 'cleared');
  }

  private note(tx: Tx, verb: string, changes: { field: string; before: unknown; after: unknown }[] = []): void {
    const targets = [ref('workspace', tx.workspaceId)];
    tx.note({ action: `webhook_receiver.${verb}`, outcome: 'allowed', targets, changes });
  }
}
