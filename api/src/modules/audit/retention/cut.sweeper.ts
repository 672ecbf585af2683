import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { UnitOfWork } from '../../../platform/work';
import { Cuts } from './cuts.service';

const LOOK_MS = 3_600_000;

/** Cuts, once an hour, what the retention of each workspace has outlived, and drops months that nobody has any more. */
@Injectable()
export class CutSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('audit');
  private timer?: NodeJS.Timeout;
  private looking?: Promise<number>;
  private stopped = false;

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly cuts: Cuts,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.looking = this.look().catch((error: unknown) => {
        this.log.warn({ err: error }, 'audit logs were not cut');
        return 0;
      });
    }, LOOK_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** Cuts what is due. Answers how many cuts that were. */
  async look(): Promise<number> {
    const kept = await this.database.query<{ workspace_id: string }>(
      'SELECT workspace_id FROM audit_retention WHERE months IS NOT NULL',
    );
    let made = 0;
    for (const { workspace_id: workspaceId } of kept) {
      try {
        while (!this.stopped && (await this.cut(workspaceId))) made += 1;
      } catch (error) {
        // One log that cannot be cut must not keep the others from it.
        this.log.error({ err: error, workspaceId }, 'an audit log could not be cut');
      }
    }
    if (made > 0) await this.dropMonths();
    return made;
  }

  /** Answers whether anything was cut. The record is also kept beside the database, like checkpoints are. */
  private async cut(workspaceId: string): Promise<boolean> {
    const cut = await this.work.run(systemActor(workspaceId, 'retention'), (tx) => this.cuts.cutNext(tx));
    if (!cut) return false;
    const folder = join(this.config.dataDir, 'checkpoints');
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, `${workspaceId}.cuts.jsonl`), `${JSON.stringify(cut)}\n`);
    return true;
  }

  private async dropMonths(): Promise<void> {
    try {
      await this.database.query('SELECT drop_cut_months()');
    } catch (error) {
      this.log.warn({ err: error }, 'months that are empty are dropped another time');
    }
  }
}
