import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RECEPTION_HOURS } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { Settling } from '../../../platform/work';

const SWEEP_MS = 10 * 60_000;

/** Throws away what came to receivers more than a day ago. */
@Injectable()
export class ReceptionsSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private readonly log = new Logger('webhook-bench');

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly config: Config,
    settling: Settling,
  ) {
    settling.register('webhook-receptions', () => this.sweep());
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.log.warn({ err: error }, 'what receivers got could not be tidied away');
      });
    }, SWEEP_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<boolean> {
    const before = new Date(this.clock.millis() - RECEPTION_HOURS * 3_600_000);
    const [gone] = await this.database.query<{ rows: number }>(
      `WITH gone AS (DELETE FROM webhook_receptions WHERE received_at <= $1 RETURNING received_at)
       SELECT count(*)::int AS rows FROM gone`,
      [before],
    );
    return (gone?.rows ?? 0) > 0;
  }
}
