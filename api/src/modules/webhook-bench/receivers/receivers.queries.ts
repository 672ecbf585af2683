import { Injectable } from '@nestjs/common';
import {
  MOST_RECEPTIONS,
  type ReceiverAnswer,
  type Reception,
  RECEPTION_HOURS,
  type ReceptionDetail,
  type WebhookReceiver,
} from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { RECEIVER_PATH } from '../../../platform/outbound';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { bodyText } from './reception.rules';

interface ReceiverRow {
  id: string;
  token: string;
  answer: ReceiverAnswer;
  created_at: Date;
  kept: number;
  last_received_at: Date | null;
}

interface ReceptionRow {
  id: string;
  received_at: Date;
  method: string;
  webhook_id: string | null;
  bytes: number;
  answered_status: number;
}

const COLUMNS = 'id, received_at, method, webhook_id, bytes, answered_status';

/** Receivers and what came to them; what is older than a day is not there any more. */
@Injectable()
export class ReceiversQueries {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The newest first. */
  list(tx: ReadTx): Promise<WebhookReceiver[]> {
    return this.where(tx, 'true', []);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<WebhookReceiver> {
    const [receiver] = await this.where(tx, 'r.id = $2', [id]);
    if (!receiver) throw new Refusal('not_found');
    return receiver;
  }

  /** What came to one receiver, the newest first. @throws Refusal `not_found` */
  async receptions(tx: ReadTx, receiverId: string): Promise<Reception[]> {
    await this.one(tx, receiverId);
    const rows = await tx.query<ReceptionRow>(
      `SELECT ${COLUMNS} FROM webhook_receptions
        WHERE receiver_id = $1 AND received_at > $2 ORDER BY id DESC LIMIT ${MOST_RECEPTIONS}`,
      [receiverId, this.oldest()],
    );
    return rows.map(receptionOf);
  }

  /** @throws Refusal `not_found` */
  async reception(tx: ReadTx, id: string): Promise<ReceptionDetail> {
    const [row] = await tx.query<ReceptionRow & { headers: ReceptionDetail['headers']; body: Buffer }>(
      `SELECT ${COLUMNS}, headers, body FROM webhook_receptions WHERE id = $1 AND received_at > $2`,
      [id, this.oldest()],
    );
    if (!row) throw new Refusal('not_found');
    return { ...receptionOf(row), headers: row.headers, ...bodyText(row.body), cut: row.bytes > row.body.length };
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<WebhookReceiver[]> {
    const rows = await tx.query<ReceiverRow>(
      `SELECT r.id, r.token, r.answer, r.created_at, came.kept::int, came.last_received_at
         FROM webhook_receivers r
         CROSS JOIN LATERAL (SELECT count(*) AS kept, max(c.received_at) AS last_received_at FROM webhook_receptions c
                              WHERE c.receiver_id = r.id AND c.received_at > $1) came
        WHERE ${condition} ORDER BY r.id DESC`,
      [this.oldest(), ...parameters],
    );
    return rows.map((row) => ({
      id: row.id,
      url: `${this.config.publicUrl}${RECEIVER_PATH}${row.token}`,
      answer: row.answer,
      createdAt: row.created_at.toISOString(),
      kept: row.kept,
      lastReceivedAt: row.last_received_at?.toISOString() ?? null,
    }));
  }

  private oldest(): Date {
    return new Date(this.clock.millis() - RECEPTION_HOURS * 3_600_000);
  }
}

function receptionOf(row: ReceptionRow): Reception {
  return {
    id: row.id,
    receivedAt: row.received_at.toISOString(),
    method: row.method,
    webhookId: row.webhook_id,
    bytes: row.bytes,
    answeredStatus: row.answered_status,
  };
}
