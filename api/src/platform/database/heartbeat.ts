import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SystemDatabase } from './system.database';

const BEAT_MS = 60_000;

/** Says in the database that somebody runs on it: by that a standby that took over is told from an old backup. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('database');
  private timer?: NodeJS.Timeout;

  constructor(private readonly database: SystemDatabase) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async beat(): Promise<void> {
    try {
      await this.database.query('UPDATE installation SET alive_at = now() WHERE id = 1');
    } catch (error) {
      this.log.warn({ err: error }, 'it could not be noted that this process runs');
    }
  }
}
