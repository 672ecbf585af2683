import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { CheckpointDeliveries } from './delivery.service';

const LOOK_MS = 60_000;

/** Mails the checkpoints that wait for it. */
@Injectable()
export class DeliverySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit checkpoints');
  private looking?: NodeJS.Timeout;

  constructor(
    private readonly deliveries: CheckpointDeliveries,
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.looking = setInterval(() => {
      this.look().catch((error: unknown) => this.log.warn({ err: error }, 'checkpoints were not mailed'));
    }, LOOK_MS);
    this.looking.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.looking);
  }

  /** Answers whether something was due. */
  async look(): Promise<boolean> {
    const due = await this.deliveries.due();
    for (const workspaceId of due) {
      await this.work.run(systemActor(workspaceId, 'audit'), (tx) => this.deliveries.mailDue(tx));
    }
    return due.length > 0;
  }
}
