import { Injectable } from '@nestjs/common';
import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryDetail,
  type DeliveryStatus,
  type Envelope,
  type EventType,
  isEnvelope,
  webhookRight,
} from '@threadline/contracts';
import { Cursors } from '../../../platform/http';
import { readEvents, readHead } from '../../../platform/log';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { ReachesQueries } from '../../reach';

/** Which deliveries of an endpoint are asked for. */
export interface DeliveryFilter {
  status?: DeliveryStatus;
  eventType?: EventType;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

interface DeliveryRow {
  id: string;
  webhook_id: string;
  event_id: string;
  seq: string;
  event_type: EventType;
  kind: string;
  status: DeliveryStatus;
  next_at: Date | null;
  created_at: Date;
  finished_at: Date | null;
}

interface AttemptRow {
  delivery_id: string;
  at: Date;
  response_status: number | null;
  duration_ms: number;
  error: string | null;
  response_body: string;
  request_headers: Record<string, string>;
}

const COLUMNS = `id, webhook_id, event_id, seq, event_type, kind, status, next_at, created_at, finished_at`;

/** Deliveries as people see them. */
@Injectable()
export class DeliveriesQueries {
  constructor(
    private readonly cursors: Cursors,
    private readonly reaches: ReachesQueries,
  ) {}

  /** Of one endpoint, the newest event first. @throws Refusal `not_found`, `invalid_cursor` */
  async list(tx: ReadTx, webhookId: string, { limit, cursor, ...filter }: DeliveryFilter) {
    const [webhook] = await tx.query('SELECT id FROM webhooks WHERE id = $1', [webhookId]);
    if (!webhook) throw new Refusal('not_found');
    const list = `webhook deliveries:${webhookId}`;
    const [before] = cursor ? this.cursors.open(tx.workspaceId, list, cursor) : [null];
    const rows = await tx.query<DeliveryRow>(
      `SELECT ${COLUMNS} FROM webhook_deliveries
        WHERE workspace_id = $1 AND webhook_id = $2 AND ($3::bigint IS NULL OR seq < $3)
          AND ($4::text IS NULL OR status = $4) AND ($5::text IS NULL OR event_type = $5)
          AND ($6::timestamptz IS NULL OR created_at >= $6) AND ($7::timestamptz IS NULL OR created_at < $7)
        ORDER BY seq DESC LIMIT $8`,
      [
        tx.workspaceId,
        webhookId,
        before,
        filter.status ?? null,
        filter.eventType ?? null,
        filter.from ?? null,
        filter.to ?? null,
        limit + 1,
      ],
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: await this.withAttempts(tx, page),
      nextCursor: last ? this.cursors.seal(tx.workspaceId, list, [Number(last.seq)]) : null,
      asOf: await readHead(tx.query, tx.workspaceId),
    };
  }

  /** One delivery with what is sent, if the actor may see the event. @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<DeliveryDetail> {
    const [row] = await tx.query<DeliveryRow>(`SELECT ${COLUMNS} FROM webhook_deliveries WHERE id = $1`, [id]);
    const [delivery] = row ? await this.withAttempts(tx, [row]) : [];
    if (!row || !delivery) throw new Refusal('not_found');
    const [payload] = await tx.query<{ body: string }>(
      'SELECT body FROM webhook_payloads WHERE event_id = $1 AND kind = $2',
      [row.event_id, row.kind],
    );
    const visible = payload !== undefined && (await this.maySee(tx, Number(row.seq)));
    return { ...delivery, payload: visible ? payload.body : null };
  }

  /** Whether the actor may see the event at a place of the log. */
  private async maySee(tx: ReadTx, seq: number): Promise<boolean> {
    const [event] = await readEvents(tx.query, tx.workspaceId, { after: seq - 1, upTo: seq, limit: 1 });
    return event !== undefined && (await visibleEvents(this.reaches, tx, [event])).length > 0;
  }

  private async withAttempts(tx: ReadTx, rows: readonly DeliveryRow[]): Promise<Delivery[]> {
    const attempts = await tx.query<AttemptRow>(
      `SELECT delivery_id, at, response_status, duration_ms, error, response_body, request_headers
         FROM webhook_attempts WHERE workspace_id = $1 AND delivery_id = ANY ($2) ORDER BY delivery_id, n`,
      [tx.workspaceId, rows.map(({ id }) => id)],
    );
    const byDelivery = new Map<string, DeliveryAttempt[]>();
    for (const row of attempts) {
      const known = byDelivery.get(row.delivery_id);
      if (known) known.push(attemptOf(row));
      else byDelivery.set(row.delivery_id, [attemptOf(row)]);
    }
    return rows.map((row) => ({
      id: row.id,
      webhookId: row.webhook_id,
      eventId: row.event_id,
      eventSeq: Number(row.seq),
      eventType: row.event_type,
      status: row.status,
      attempts: byDelivery.get(row.id) ?? [],
      nextAttemptAt: row.next_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
    }));
  }
}

/** Of these events those that the actor may see now, by right and by reach. */
export async function visibleEvents(reaches: ReachesQueries, tx: ReadTx, events: Envelope[]): Promise<Envelope[]> {
  const shown = (await reaches.shown(tx, [tx.actor], events))(tx.actor).events;
  return shown.filter((event): event is Envelope => {
    if (!isEnvelope(event)) return false;
    const right = webhookRight(event.type);
    return right !== null && tx.actor.permissions.has(right);
  });
}

function attemptOf(row: AttemptRow): DeliveryAttempt {
  return {
    at: row.at.toISOString(),
    responseStatus: row.response_status,
    durationMs: row.duration_ms,
    ...(row.error === null ? {} : { error: row.error }),
    responseBody: row.response_body,
    requestHeaders: row.request_headers,
  };
}
