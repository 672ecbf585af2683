import { Injectable } from '@nestjs/common';
import type { Delivery, DeliveryStatus, ReplayRange } from '@threadline/contracts';
import { readEvents, readHead } from '../../../platform/log';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { about, WebhooksQueries } from '../endpoints';
import { DeliveriesQueries } from './deliveries.queries';
import { DeliveryWake } from './delivery-wake';
import { FanOut } from './fan-out';
import type { Share } from './share';

/** Events that a replay looks at in one go, and at most. */
const PAGE = 2_000;
const MOST_EVENTS = 100_000;

/** Sending again what was, or was not, delivered. */
@Injectable()
export class Replays {
  constructor(
    private readonly webhooks: WebhooksQueries,
    private readonly deliveries: DeliveriesQueries,
    private readonly fanOut: FanOut,
    private readonly wake: DeliveryWake,
  ) {}

  /**
   * One more try at once, and no further ones by itself. One that waits is tried now instead of later.
   * @throws Refusal `not_found`; `wrong_state` while the endpoint is disabled
   */
  async redeliver(tx: Tx, id: string): Promise<Delivery> {
    const [row] = await tx.query<{ webhook_id: string; status: DeliveryStatus }>(
      'SELECT webhook_id, status FROM webhook_deliveries WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (!row) throw new Refusal('not_found');
    const webhook = await this.webhooks.one(tx, row.webhook_id);
    if (!webhook.enabled) throw new Refusal('wrong_state', { detail: SWITCHED_OFF });
    await tx.query(
      `UPDATE webhook_deliveries SET status = 'pending', once = once OR status <> 'pending', next_at = $2, finished_at = NULL,
              claim = CASE WHEN status = 'pending' THEN claim END,
              lease_until = CASE WHEN status = 'pending' THEN lease_until END
        WHERE id = $1`,
      [id, tx.now],
    );
    tx.note({ action: 'webhook.redelivered', outcome: 'allowed', targets: [`webhook:${row.webhook_id}`] });
    const woken = [{ workspaceId: tx.workspaceId, webhookId: row.webhook_id, byHand: true }];
    tx.afterCommit(() => this.wake.due$.next(woken));
    const { payload: _payload, ...delivery } = await this.deliveries.one(tx, id);
    return delivery;
  }

  /** How many deliveries a replay comes to. @throws Refusal `not_found`, `invalid_input` for a stretch that is too long */
  async preview(tx: ReadTx, id: string, range: ReplayRange): Promise<number> {
    await this.webhooks.one(tx, id);
    if (range.status === 'failed') return (await this.undelivered(tx, id, range)).length;
    let count = 0;
    for await (const share of this.shares(tx, id, range)) count += share.events.length;
    return count;
  }

  /**
   * Sends a stretch of the log again, by the whole schedule: everything that the endpoint asks for and its maker may see
   * now, or only what did not arrive. Event `webhook.replayed`.
   * @throws Refusal `not_found`; `wrong_state` while it is disabled; `invalid_input` for a stretch that is too long
   */
  async replay(tx: Tx, id: string, range: ReplayRange): Promise<number> {
    const webhook = await this.webhooks.one(tx, id);
    if (!webhook.enabled) throw new Refusal('wrong_state', { detail: SWITCHED_OFF });
    let deliveries = 0;
    if (range.status === 'failed') deliveries = await this.retry(tx, id, await this.undelivered(tx, id, range));
    else
      for await (const share of this.shares(tx, id, range)) deliveries += await this.fanOut.enqueue(tx, [share], true);
    const { after, before, status } = range;
    tx.append({
      type: 'webhook.replayed',
      ...about(webhook),
      data: {
        webhookId: id,
        url: webhook.url,
        range: { after, ...(before === undefined ? {} : { before }), ...(status ? { status } : {}) },
        deliveries,
      },
    });
    return deliveries;
  }

  /** Ids of what was given up or cancelled. */
  private async undelivered(tx: ReadTx, id: string, { after, before }: ReplayRange): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM webhook_deliveries
        WHERE workspace_id = $1 AND webhook_id = $2 AND seq > $3 AND ($4::bigint IS NULL OR seq < $4)
          AND status IN ('failed', 'cancelled')`,
      [tx.workspaceId, id, after, before ?? null],
    );
    return rows.map((row) => row.id);
  }

  private async retry(tx: Tx, webhookId: string, ids: readonly string[]): Promise<number> {
    const begun = await tx.query<{ id: string }>(
      `WITH begun AS (
         UPDATE webhook_deliveries SET status = 'pending', tries = 0, once = false, next_at = $3, claim = NULL,
                lease_until = NULL, finished_at = NULL
          WHERE workspace_id = $1 AND id = ANY ($2) AND status IN ('failed', 'cancelled') RETURNING id)
       SELECT id FROM begun`,
      [tx.workspaceId, ids, tx.now],
    );
    const woken = [{ workspaceId: tx.workspaceId, webhookId, byHand: true }];
    tx.afterCommit(() => this.wake.due$.next(woken));
    return begun.length;
  }

  /** What the endpoint would get of a stretch of the log. */
  private async *shares(tx: ReadTx, id: string, { after, before }: ReplayRange): AsyncGenerator<Share> {
    const head = await readHead(tx.query, tx.workspaceId);
    const upTo = Math.min(head, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    if (upTo - after > MOST_EVENTS) {
      throw new Refusal('invalid_input', {
        errors: [{ path: 'after', message: `a replay takes ${MOST_EVENTS} events at most: make the range shorter` }],
      });
    }
    const subscribers = await this.fanOut.subscribers(tx, id);
    for (let at = after; at < upTo; at += PAGE) {
      const slice = { after: at, upTo: Math.min(upTo, at + PAGE), limit: PAGE };
      const events = await readEvents(tx.query, tx.workspaceId, slice);
      yield* await this.fanOut.share(tx, subscribers, events);
    }
  }
}

const SWITCHED_OFF = 'The webhook is switched off. Switch it on first.';
