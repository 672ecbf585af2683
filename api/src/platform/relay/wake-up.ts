import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import pg from 'pg';
import { v7 } from 'uuid';
import { type Config } from '../config';
import { loginsOf, type SystemDatabase } from '../database';

/** How long announcements are gathered before they leave as one, in ms. */
const GATHER_MS = 5;
const CHANNEL = 'threadline_log';
/** NOTIFY carries 8,000 bytes; an id takes 37. */
const MOST_IDS = 200;
/** Between who says it and the ids it is said of. */
const SAYS = ':';

/**
 * How nodes tell each other that a workspace's log has grown. A hint without content: it may be lost, the poll finds
 * what it missed.
 */
export abstract class WakeUp {
  private gathered = new Set<string>();
  private timer?: NodeJS.Timeout;
  private readonly node = v7();
  protected readonly log = new Logger('relay');

  /** Calls `heard` for every workspace that another node has announced. */
  abstract listen(heard: (workspaceId: string) => void): Promise<void>;
  protected abstract send(words: string): Promise<unknown>;
  protected abstract end(): Promise<void>;

  announce(workspaceId: string): void {
    this.gathered.add(workspaceId);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.end();
  }

  /** What was said on the channel; a node hears itself too, and knows that already. */
  protected hear(words: string, heard: (workspaceId: string) => void): void {
    const [node, ids = ''] = words.split(SAYS);
    if (node !== this.node) ids.split(',').forEach(heard);
  }

  private flush(): void {
    this.timer = undefined;
    const ids = [...this.gathered];
    this.gathered = new Set();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      this.send(this.node + SAYS + ids.slice(from, from + MOST_IDS).join(',')).catch((error: unknown) =>
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
    client.on('notification', ({ payload }) => this.hear(payload ?? '', heard));
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

  protected async send(words: string): Promise<void> {
    await this.database.query('SELECT pg_notify($1, $2)', [CHANNEL, words]);
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
    this.subscriber.on('message', (_channel, words: string) => this.hear(words, heard));
    await Promise.allSettled([this.publisher.connect(), this.subscriber.connect()]);
    this.subscriber
      .subscribe(CHANNEL)
      .catch((error: unknown) => this.log.warn(`Redis: ${error instanceof Error ? error.message : 'unknown'}`));
  }

  protected send(words: string): Promise<number> {
    return this.publisher.publish(CHANNEL, words);
  }

  protected async end(): Promise<void> {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }
}
