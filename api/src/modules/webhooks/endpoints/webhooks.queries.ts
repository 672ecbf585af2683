import { Injectable } from '@nestjs/common';
import type { DisabledReason, EventType, Webhook, WebhookFilter, WebhookKind } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

interface WebhookRow {
  id: string;
  kind: WebhookKind;
  url: string;
  description: string | null;
  event_types: EventType[];
  filters: WebhookFilter[];
  header_names: string[];
  ordered: boolean;
  asymmetric: boolean;
  public_key: string | null;
  old_until: Date[];
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_reason: DisabledReason | null;
  maker_id: string;
  maker: string;
  created_at: Date;
  updated_at: Date;
}

/** The endpoints of a workspace, as people see them. */
@Injectable()
export class WebhooksQueries {
  constructor(private readonly clock: Clock) {}

  /** The newest first. */
  list(tx: ReadTx): Promise<Webhook[]> {
    return this.where(tx, 'true', []);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Webhook> {
    const [webhook] = await this.where(tx, 'w.id = $1', [id]);
    if (!webhook) throw new Refusal('not_found');
    return webhook;
  }

  /** What waits for an endpoint. */
  async backlog(tx: ReadTx, id: string): Promise<{ pending: number; oldestAt: string | null }> {
    const [row] = await tx.query<{ pending: number; oldest_at: Date | null }>(
      `SELECT count(*)::int AS pending, min(created_at) AS oldest_at FROM webhook_deliveries
        WHERE webhook_id = $1 AND status = 'pending'`,
      [id],
    );
    return { pending: row?.pending ?? 0, oldestAt: row?.oldest_at?.toISOString() ?? null };
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<Webhook[]> {
    const now = `$${parameters.push(this.clock.now())}::timestamptz`;
    const rows = await tx.query<WebhookRow>(
      `SELECT w.id, w.kind, w.url, w.description, w.event_types, w.filters, w.header_names, w.ordered, w.signs_asymmetric AS asymmetric,
              s.public_key, w.failing_since, w.disabled_at, w.disabled_reason, w.maker_id, u.name AS maker,
              w.created_at, w.updated_at,
              ARRAY(SELECT o.retires_at FROM webhook_secrets o
                     WHERE o.webhook_id = w.id AND o.retires_at > ${now} ORDER BY o.retires_at) AS old_until
         FROM webhooks w JOIN workspace_people u ON u.workspace_id = w.workspace_id AND u.user_id = w.maker_id
         LEFT JOIN webhook_secrets s ON s.webhook_id = w.id AND s.retires_at IS NULL
        WHERE ${condition} ORDER BY w.id DESC`,
      parameters,
    );
    return rows.map(webhookOf);
  }
}

function webhookOf(row: WebhookRow): Webhook {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    filters: row.filters,
    headerNames: row.header_names,
    ordered: row.ordered,
    asymmetric: row.asymmetric,
    publicKey: row.asymmetric ? row.public_key : null,
    enabled: row.disabled_at === null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since?.toISOString() ?? null,
    oldSecretsUntil: row.old_until.map((at) => at.toISOString()),
    maker: { id: row.maker_id, name: row.maker },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
