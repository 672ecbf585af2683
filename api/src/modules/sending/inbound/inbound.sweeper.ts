import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { Settling } from '../../../platform/work';
import { InboundMails } from './inbound-mail.service';

const SWEEP_MS = 15_000;
/** Whoever took a mail in is filing it during this time. */
const GRACE_MS = 30_000;

/** Files mail that was kept but not filed: the process ended in between, or something was in the way. */
@Injectable()
export class InboundSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('inbound mail');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: SystemDatabase,
    private readonly mails: InboundMails,
    private readonly clock: Clock,
    private readonly config: Config,
    settling: Settling,
  ) {
    settling.register('inbound mail', () => this.sweep());
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.log.warn({ err: error }, 'kept mail could not be looked at'));
    }, SWEEP_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Answers whether there was any. */
  async sweep(): Promise<boolean> {
    const left = await this.database.query<{ workspace_id: string; id: string }>(
      `SELECT workspace_id, id FROM inbound_mails WHERE state = 'pending' AND received_at <= $1 ORDER BY received_at LIMIT 100`,
      [new Date(this.clock.millis() - GRACE_MS)],
    );
    for (const { workspace_id: workspaceId, id } of left) await this.mails.file(workspaceId, id);
    return left.length > 0;
  }
}
