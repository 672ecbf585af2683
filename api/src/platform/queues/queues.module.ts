import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, createRedisBackend, setDefaultBackendFactory } from 'bullmq';
import { Config } from '../config';
import { loginsOf, SteadyClient } from '../database';

/** Every queue and every worker brings the schema up to date, each after the other: at a first start that takes a while. */
const PATIENT = '-c lock_timeout=10s';

/**
 * BullMQ for errands, on PostgreSQL by default and on Redis when REDIS_URL is set. Jobs carry ids only; the ledgers in
 * PostgreSQL are the truth, and their sweepers make lost jobs again.
 */
@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => {
        if (config.redisUrl) {
          setDefaultBackendFactory(createRedisBackend);
          return { connection: { url: config.redisUrl, maxRetriesPerRequest: null }, prefix: 'threadline' };
        }
        setDefaultBackendFactory(createPostgresBackend);
        const pool = { connectionString: loginsOf(config).system.url, max: 4, Client: SteadyClient, options: PATIENT };
        const connection = { ...pool, schema: 'jobs', migrate: true };
        // Typed for Redis alone by @nestjs/bullmq; handed to the backend as it is.
        return { connection: connection as ConnectionOptions };
      },
    }),
  ],
  exports: [BullModule],
})
export class QueuesModule {}
