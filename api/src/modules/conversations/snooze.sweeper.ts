import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import { Settling, UnitOfWork } from '../../platform/work';
import { ConversationsService } from './conversations.service';

const SWEEP_MS = 15_000;

/** Opens snoozed conversations again when their time has come. */
@Injectable()
export class SnoozeSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('conversations');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly clock: Clock,
    private readonly config: Config,
    settling: Settling,
  ) {
    settling.register('snoozed conversations', () => this.wakeUp());
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.wakeUp().catch((error: unknown) =>
        this.log.warn({ err: error }, 'snoozed conversations were not looked at'),
      );
    }, SWEEP_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers whether any was opened. */
  async wakeUp(): Promise<boolean> {
    const due = await this.database.query<{ workspace_id: string; id: string }>(
      `SELECT workspace_id, id FROM conversations WHERE status = 'snoozed' AND snoozed_until <= $1 LIMIT 500`,
      [this.clock.now()],
    );
    for (const { workspace_id: workspaceId, id } of due) {
      await this.work.run(systemActor(workspaceId, 'conversations'), (tx) =>
        this.conversations.change(tx, id, { status: 'open' }),
      );
    }
    return due.length > 0;
  }
}
