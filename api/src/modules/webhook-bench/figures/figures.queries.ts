import { Injectable } from '@nestjs/common';
import type { WebhookFigures, WebhookHour } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

const HOUR_MS = 3_600_000;

interface Row {
  webhook_id: string;
  /** Null: of all hours together. */
  hour: Date | null;
  delivered: number;
  failed: number;
  p50: number | null;
  p95: number | null;
}

interface Endpoint {
  id: string;
  pending: number;
}

/** How endpoints do, by their attempts. A test event is none. */
@Injectable()
export class FiguresQueries {
  constructor(private readonly clock: Clock) {}

  /** Of every endpoint, the newest first. */
  async list(tx: ReadTx, hours: number): Promise<WebhookFigures[]> {
    return this.of(tx, await this.endpoints(tx, null), hours);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string, hours: number): Promise<WebhookFigures> {
    const [figures] = await this.of(tx, await this.endpoints(tx, id), hours);
    if (!figures) throw new Refusal('not_found');
    return figures;
  }

  private endpoints(tx: ReadTx, id: string | null): Promise<Endpoint[]> {
    return tx.query<Endpoint>(
      `SELECT w.id, (SELECT count(*)::int FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.status = 'pending') AS pending
         FROM webhooks w WHERE $1::uuid IS NULL OR w.id = $1 ORDER BY w.id DESC`,
      [id],
    );
  }

  private async of(tx: ReadTx, endpoints: readonly Endpoint[], hours: number): Promise<WebhookFigures[]> {
    const begin = (Math.floor(this.clock.millis() / HOUR_MS) - hours + 1) * HOUR_MS;
    const rows = await tx.query<Row>(
      `SELECT d.webhook_id, date_trunc('hour', a.at, 'UTC') AS hour,
              count(*) FILTER (WHERE a.error IS NULL)::int AS delivered,
              count(*) FILTER (WHERE a.error IS NOT NULL)::int AS failed,
              percentile_disc(0.5) WITHIN GROUP (ORDER BY a.duration_ms) AS p50,
              percentile_disc(0.95) WITHIN GROUP (ORDER BY a.duration_ms) AS p95
         FROM webhook_attempts a
         JOIN webhook_deliveries d ON d.workspace_id = a.workspace_id AND d.id = a.delivery_id
        WHERE a.workspace_id = $1 AND a.at >= $2 AND d.webhook_id = ANY ($3)
        GROUP BY GROUPING SETS ((d.webhook_id, hour), (d.webhook_id))`,
      [tx.workspaceId, new Date(begin), endpoints.map(({ id }) => id)],
    );
    const starts = Array.from({ length: hours }, (_, index) => new Date(begin + index * HOUR_MS));
    return endpoints.map((endpoint) =>
      figuresOf(
        endpoint,
        rows.filter((row) => row.webhook_id === endpoint.id),
        starts,
      ),
    );
  }
}

function figuresOf({ id, pending }: Endpoint, rows: readonly Row[], starts: readonly Date[]): WebhookFigures {
  const byHour = new Map(rows.map((row) => [row.hour?.getTime() ?? null, row]));
  const { delivered = 0, failed = 0, p50 = null, p95 = null } = byHour.get(null) ?? {};
  const all = delivered + failed;
  return {
    webhookId: id,
    ...{ delivered, failed, p50, p95, pending },
    successRate: all === 0 ? null : (delivered / all) * 100,
    hours: starts.map((start) => hourOf(start, byHour.get(start.getTime()))),
  };
}

function hourOf(at: Date, row: Row | undefined): WebhookHour {
  const { delivered = 0, failed = 0, p50 = null, p95 = null } = row ?? {};
  return { at: at.toISOString(), delivered, failed, p50, p95 };
}
