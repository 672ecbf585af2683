import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SystemDatabase } from '../database';
import { Refusal } from '../refusal';

/** How long the database may take to answer a health question, in ms. */
const PATIENCE_MS = 2_000;

/** Whether this process should get traffic: started, not stopping, and its database answers. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private started = false;

  constructor(private readonly database: SystemDatabase) {}

  /** Everything has been prepared. */
  open(): void {
    this.started = true;
  }

  /** Tells the load balancer to go elsewhere. */
  close(): void {
    this.started = false;
  }

  /** The first thing of a shutdown. */
  onModuleDestroy(): void {
    this.close();
  }

  /** @throws Refusal `not_ready` or `database_away` */
  async check(): Promise<void> {
    if (!this.started) throw new Refusal('not_ready');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Refusal('database_away')), PATIENCE_MS);
    });
    try {
      await Promise.race([this.database.query('SELECT 1 AS ok'), late]);
    } catch {
      // Whatever the reason: the caller needs to know only that the database does not answer.
      throw new Refusal('database_away');
    } finally {
      clearTimeout(timer);
    }
  }
}
