import { Global, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '../clock';
import { Config } from '../config';
import { Attempts } from './attempts';
import { MemoryTally } from './memory.tally';
import { RedisTally } from './redis.tally';
import { RequestLimits } from './request.limits';
import { Tally } from './tally';

/** The connection that counts go through; none without REDIS_URL. */
class LimitsRedis implements OnApplicationShutdown {
  readonly client: Redis | null;
  private readonly log = new Logger('limits');

  constructor(redisUrl: string | null) {
    this.client = redisUrl
      ? new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, enableAutoPipelining: true })
      : null;
    this.client?.on('error', (error: Error) => this.log.debug(`Redis: ${error.message}`));
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}

@Global()
@Module({
  providers: [
    { provide: LimitsRedis, inject: [Config], useFactory: (config: Config) => new LimitsRedis(config.redisUrl) },
    {
      provide: Tally,
      inject: [Clock, LimitsRedis],
      useFactory: (clock: Clock, { client }: LimitsRedis) => {
        const own = new MemoryTally(clock);
        return client ? new RedisTally(client, own, clock) : own;
      },
    },
    Attempts,
    RequestLimits,
  ],
  exports: [Attempts, RequestLimits],
})
export class LimitsModule {}
