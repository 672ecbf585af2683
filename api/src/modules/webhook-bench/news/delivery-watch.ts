import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Broadcast } from '../../../platform/relay';
import { BenchNews } from './bench-news';

/** How often it is looked, and how far back: longer than any attempt takes. In milliseconds. */
const LOOK_MS = 1_000;
const BACK_MS = 20_000;
/** What is looked at in one go; more than so much is news anyway. */
const MOST = 500;

interface Row {
  workspace_id: string;
  webhook_id: string;
  key: string;
}

const RECENT = `
  (SELECT workspace_id, webhook_id, id || ':' || status AS key FROM webhook_deliveries
    WHERE workspace_id = ANY ($1) AND id > $2 ORDER BY id DESC LIMIT ${MOST})
  UNION ALL
  (SELECT a.workspace_id, d.webhook_id, a.delivery_id || '#' || a.n FROM webhook_attempts a
     JOIN webhook_deliveries d ON d.workspace_id = a.workspace_id AND d.id = a.delivery_id
    WHERE a.workspace_id = ANY ($1) AND a.at > $3 ORDER BY a.at DESC LIMIT ${MOST})`;

/**
 * Looks for deliveries that have moved, on any node, for workspaces whose screens here want to know; two index scans a
 * second for all of them, none while nobody watches.
 */
@Injectable()
export class DeliveryWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watched = new Set<string>();
  private seen = new Set<string>();
  private timer?: NodeJS.Timeout;
  private looking = false;
  private readonly log = new Logger('webhook-bench');

  constructor(
    private readonly broadcast: Broadcast,
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly news: BenchNews,
  ) {}

  onApplicationBootstrap(): void {
    this.broadcast.onJoin('webhooks', ({ workspaceId }) => {
      this.watched.add(workspaceId);
      return Promise.resolve(null);
    });
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    for (const id of this.watched) if (!this.broadcast.hasListeners(id, 'webhooks')) this.watched.delete(id);
    if (this.looking || this.watched.size === 0) return;
    this.looking = true;
    try {
      const since = this.clock.millis() - BACK_MS;
      const rows = await this.database.query<Row>(RECENT, [[...this.watched], v7({ msecs: since }), new Date(since)]);
      this.tell(rows.filter(({ key }) => !this.seen.has(key)));
      this.seen = new Set(rows.map(({ key }) => key));
    } catch (error) {
      this.log.warn({ err: error }, 'deliveries could not be looked at for those who watch');
    } finally {
      this.looking = false;
    }
  }

  private tell(fresh: readonly Row[]): void {
    for (const { workspace_id, webhook_id } of fresh) this.news.delivered(workspace_id, [webhook_id]);
  }
}
