import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../clock';
import { Config } from '../config';
import { SCHEMA } from './logins';
import { SystemDatabase } from './system.database';

/** How often room is made, in ms. */
const DAILY = 24 * 60 * 60 * 1_000;
/** So many months there is room for, this one included: a node that is away for weeks is in time all the same. */
const MONTHS = 4;

/**
 * Keeps months ahead in every table that is partitioned by month: what falls into the default partition can no longer
 * be dropped by the month, and stands in the way of its month's own.
 */
@Injectable()
export class MonthsAhead implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('database');
  private timer?: NodeJS.Timeout;
  private making?: Promise<void>;

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => this.begin(), DAILY);
    this.timer.unref();
    this.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.making;
  }

  /** Makes what is missing. Each table by itself, so that one whose lock is not free holds up no other. */
  async makeRoom(): Promise<void> {
    const tables = await this.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
        WHERE c.relnamespace = $1::regnamespace AND p.partstrat = 'r' ORDER BY c.relname`,
      [SCHEMA],
    );
    for (const { name } of tables) {
      try {
        await this.database.query('SELECT ensure_months($1::regclass, $2::date, $3)', [
          `${SCHEMA}.${name}`,
          this.clock.now(),
          MONTHS,
        ]);
      } catch (error) {
        this.log.warn(`no room was made in ${name} today: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
  }

  private begin(): void {
    this.making = this.makeRoom().catch((error: unknown) => {
      this.log.warn(`no room was made for the months ahead: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  }
}
