import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

/** How long a command may take, in ms: presence and typing are not worth waiting for. */
const PATIENCE_MS = 200;

/**
 * The connection that the adapter publishes through, and from which it makes those it reads through. Publishing fails
 * at once while Redis is away; reading waits for it, because the adapter asks again at once whenever a read fails.
 */
export class AdapterRedis extends Redis {
  private readonly readers: Redis[] = [];
  private readonly log = new Logger('live');

  constructor(private readonly redisUrl: string) {
    super(redisUrl, { enableOfflineQueue: false, commandTimeout: PATIENCE_MS, maxRetriesPerRequest: 0 });
    this.on('error', (error: Error) => this.log.warn(`Redis: ${error.message}`));
  }

  /** The adapter does not look at the answer, so a failure must end here. */
  override async publish(channel: string | Buffer, message: string | Buffer): Promise<number> {
    try {
      return await super.publish(channel, message);
    } catch {
      // Already logged by the connection; what was to be said is of the moment.
      return 0;
    }
  }

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const reader = new Redis(this.redisUrl, {
      ...override,
      maxRetriesPerRequest: null,
      disconnectTimeout: PATIENCE_MS,
    });
    reader.on('error', (error: Error) => this.log.debug(`Redis: ${error.message}`));
    this.readers.push(reader);
    return reader;
  }

  /** Lets go of all connections; reads that wait end. */
  override end(): void {
    for (const redis of [this, ...this.readers]) redis.disconnect();
  }
}
