import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config';
import { CONNECTION_LIMITS, loginsOf } from './logins';
import { SteadyClient } from './steady-client';

/**
 * The `system` role: reads and writes across workspaces, and only what a policy grants it by name: following the log,
 * sweeping for due work, signing in. Everything done for a person goes through the unit of work instead.
 */
@Injectable()
export class SystemDatabase implements OnApplicationShutdown {
  readonly pool: pg.Pool;

  constructor(config: Config) {
    this.pool = new pg.Pool({
      Client: SteadyClient,
      connectionString: loginsOf(config).system.url,
      max: 6,
      connectionTimeoutMillis: CONNECTION_LIMITS.connect,
      query_timeout: CONNECTION_LIMITS.answer,
      application_name: 'threadline-system',
    });
    const log = new Logger('database');
    this.pool.on('error', (error) => log.warn(`an idle system connection was lost: ${error.message}`));
  }

  /** Runs one statement and answers its rows. */
  async query<R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    const result = await this.pool.query(sql, parameters);
    return result.rows as R[];
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
