import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type Config } from '../config';
import { loginsOf, type SystemDatabase } from '../database';

/** How long announcements are gathered before they leave as one, in ms. */
const GATHER_MS = 5;
const CHANNEL = 'threadline_log';
/** NOTIFY carries 8,000 bytes; a workspace id takes 37. */
const MOST_IDS = 200;

/**
 * How nodes tell each other that a workspace's log has grown. A hint without content: it may be lost, the poll finds
 * what it missed.
 */
export abstract class WakeUp {
  private gathered = new Set<string>();
  private timer?: NodeJS.Timeout;
  protected readonly log = new Logger('relay');

  /** Calls `heard` for every workspace that another node has announced. */
  abstract listen(heard: (workspaceId: string) => void): Promise<void>;
  protected abstract send(ids: string[]): Promise<unknown>;
  protected abstract end(): Promise<void>;

  announce(workspaceId: string): void {
    this.gathered.add(workspaceId);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.end();
  }

  private flush(): void {
    this.timer = undefined;
    const ids = [...this.gathered];
    this.gathered = new Set();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      this.send(ids.slice(from, from + MOST_IDS)).catch((error: unknown) =>
        this.log.warn(`other nodes were not woken: ${error instanceof Error ? error.message : 'unknown'}`),
      );
    }
  }
}

/** The embedded database serves one process; there is nobody to wake. */
export class NobodyToWake extends WakeUp {
  override announce(): void {}
  async listen(): Promise<void> {}
  protected async send(): Promise<void> {}
  protected async end(): Promise<void> {}
}

/** By NOTIFY, gathered and outside of the writing transactions: inside them it would serialise all commits. */
export class WakeByPostgres extends WakeUp {
  private client?: pg.Client;
  private closed = false;

  constructor(
    private readonly config: Config,
    private readonly database: SystemDatabase,
  ) {
    super();
  }

  async listen(heard: (workspaceId: string) => void): Promise<void> {
    const client = new pg.Client({ connectionString: loginsOf(this.config).system.url, keepAlive: true });
    client.on('notification', ({ payload }) => payload?.split(',').forEach(heard));
    client.on('error', (error) => this.log.warn(`the wake-up connection was lost: ${error.message}`));
    client.on('end', () => this.again(heard));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.client = client;
    } catch (error) {
      this.log.warn(`no wake-ups for now: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  private again(heard: (workspaceId: string) => void): void {
    if (!this.closed) setTimeout(() => void this.listen(heard), 1_000).unref();
  }

  protected async send(ids: string[]): Promise<void> {
    await this.database.query('SELECT pg_notify($1, $2)', [CHANNEL, ids.join(',')]);
  }

  protected async end(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }
}

/** By Redis publish. */
export class WakeByRedis extends WakeUp {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;

  constructor(redisUrl: string) {
    super();
    this.publisher = new Redis(redisUrl, { lazyConnect: true, enableOfflineQueue: false, commandTimeout: 200 });
    this.subscriber = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: null });
    for (const redis of [this.publisher, this.subscriber]) {
      redis.on('error', (error: Error) => this.log.warn(`Redis: ${error.message}`));
    }
  }

  async listen(heard: (workspaceId: string) => void): Promise<void> {
    this.subscriber.on('message', (_channel, ids: string) => ids.split(',').forEach(heard));
    await Promise.allSettled([this.publisher.connect(), this.subscriber.connect()]);
    this.subscriber
      .subscribe(CHANNEL)
      .catch((error: unknown) => this.log.warn(`Redis: ${error instanceof Error ? error.message : 'unknown'}`));
  }

  protected send(ids: string[]): Promise<number> {
    return this.publisher.publish(CHANNEL, ids.join(','));
  }

  protected async end(): Promise<void> {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }
}
