import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import { UnitOfWork } from '../../platform/work';
import { Checkpoints } from './checkpoints.service';

const LOOK_MS = 60_000;
const HOUR = 3_600_000;
/** So many new entries make a checkpoint before the hour is over. */
const MANY = 10_000;

/**
 * A checkpoint an hour for every workspace in which something happened, and a line of it in a file beside the database:
 * whoever rewrites the one has to rewrite the other too.
 */
@Injectable()
export class CheckpointSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('audit');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly checkpoints: Checkpoints,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.look().catch((error: unknown) => this.log.warn({ err: error }, 'checkpoints were not made'));
    }, LOOK_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Makes what is due. Answers how many. A checkpoint's own entry does not make the next one due. */
  async look(): Promise<number> {
    const due = await this.database.query<{ workspace_id: string }>(
      `SELECT h.workspace_id FROM audit_heads h
         LEFT JOIN LATERAL (SELECT size, at FROM audit_checkpoints c WHERE c.workspace_id = h.workspace_id
                             ORDER BY size DESC LIMIT 1) c ON true
        WHERE h.size > coalesce(c.size, 0) + 1
          AND (c.at IS NULL OR c.at <= $1 OR h.size - c.size >= ${MANY})
        LIMIT 500`,
      [new Date(this.clock.millis() - HOUR)],
    );
    let made = 0;
    for (const { workspace_id: workspaceId } of due) {
      try {
        await this.make(workspaceId);
        made += 1;
      } catch (error) {
        // A log that was tampered with must not keep the others from their checkpoints.
        this.log.error({ err: error, workspaceId }, 'no checkpoint could be made: verify this workspace’s audit log');
      }
    }
    return made;
  }

  private async make(workspaceId: string): Promise<void> {
    const checkpoint = await this.work.run(systemActor(workspaceId, 'audit'), (tx) => this.checkpoints.make(tx));
    const folder = join(this.config.dataDir, 'checkpoints');
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, `${workspaceId}.jsonl`), `${JSON.stringify(checkpoint)}\n`);
  }
}
