import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { OutboundHttp } from '../../../platform/outbound';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { ProviderBook } from '../providers/provider-book';
import { isAtSns } from '../providers/sns.rules';

const LIMITS = { deadlineMs: 10_000, maxBytes: 16 * 1024 };
const MOST_ATTEMPTS = 5;

interface Row {
  id: string;
  connection_id: string;
  item: number;
  topic: string | null;
  raw: Buffer;
  headers: Record<string, string>;
}

/** Answers SNS's question whether we want to be told, by calling the one address that it is answered at. */
@Injectable()
export class Confirmations {
  private readonly log = new Logger('provider hooks');

  constructor(
    private readonly work: UnitOfWork,
    private readonly book: ProviderBook,
    private readonly http: OutboundHttp,
  ) {}

  /** Calls for every confirmation that waits. To be called twice does no harm: no transaction is held meanwhile. */
  async call(workspaceId: string): Promise<void> {
    const actor = systemActor(workspaceId, 'provider hooks');
    const rows = await this.work.read(actor, (tx) =>
      tx.query<Row>(
        `SELECT e.id, e.connection_id, e.item, c.settings ->> 'topicArn' AS topic, r.raw, r.headers
           FROM provider_events e
           JOIN provider_requests r ON r.workspace_id = e.workspace_id AND r.id = e.request_id
           JOIN provider_connections c ON c.workspace_id = e.workspace_id AND c.id = e.connection_id
          WHERE e.state = 'pending' AND e.kind = 'confirmation' ORDER BY e.received_at LIMIT 10`,
      ),
    );
    for (const row of rows) {
      const reason = await this.confirm(row);
      await this.work.run(actor, (tx) => this.settle(tx, row, reason));
    }
  }

  /** Null when it was confirmed, else why not. */
  private async confirm({ raw, headers, item, topic }: Row): Promise<string | null> {
    const url = this.book.eventsOf('ses', { raw, headers, url: '' })?.[item]?.confirmAt ?? null;
    if (url === null || topic === null || !isAtSns(url, topic, 'confirmation')) return 'its address is not one of SNS';
    try {
      const { status } = await this.http.request({ url, method: 'GET', ...LIMITS });
      return status === 200 ? null : `SNS answered ${status}`;
    } catch (error) {
      this.log.warn({ err: error }, 'a subscription could not be confirmed');
      return 'SNS could not be reached';
    }
  }

  private async settle(tx: Tx, { id, connection_id: connectionId }: Row, reason: string | null): Promise<void> {
    await tx.query(
      `UPDATE provider_events SET attempts = attempts + 1, reason = $2,
              state = CASE WHEN $2::text IS NULL THEN 'applied' WHEN attempts + 1 >= $3 THEN 'failed' ELSE 'pending' END
        WHERE id = $1`,
      [id, reason, MOST_ATTEMPTS],
    );
    if (reason !== null) return;
    await tx.query('UPDATE provider_connections SET confirmed_at = $2 WHERE id = $1', [connectionId, tx.now]);
  }
}
