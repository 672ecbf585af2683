import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { UnitOfWork } from '../../platform/work';
import { PrivacyWork } from './privacy.work';
import { PrivacyQueries } from './requests.queries';
import { PrivacyRequests } from './requests.service';

const SWEEP_MS = 5_000;

/** Begins at once what this process was asked for, and looks every few seconds for what was left behind, and old files. */
@Injectable()
export class PrivacySweeper implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly log = new Logger('privacy');
  private sweeping?: NodeJS.Timeout;
  private wakes?: Subscription;

  constructor(
    private readonly requests: PrivacyRequests,
    private readonly queries: PrivacyQueries,
    private readonly worker: PrivacyWork,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.wakes = this.requests.due$.subscribe((ref) => void this.worker.perform(ref));
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeping.unref();
  }

  onModuleDestroy(): void {
    this.wakes?.unsubscribe();
    clearInterval(this.sweeping);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  /** Does everything that is due, and waits for it. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    const some = await this.worker.settled();
    const now = this.clock.now();
    const due = await this.queries.due(now);
    for (const ref of due) await this.worker.perform(ref);
    const over = await this.queries.expired(now);
    for (const { workspaceId, id } of over) {
      await this.work.run(systemActor(workspaceId, 'privacy'), (tx) =>
        tx.query('UPDATE privacy_requests SET file = NULL, file_until = NULL WHERE id = $1', [id]),
      );
    }
    return some || due.length + over.length > 0;
  }

  private async sweep(): Promise<void> {
    try {
      await this.drain();
    } catch (error) {
      this.log.warn({ err: error }, 'the ledger of data subjects’ requests could not be looked at');
    }
  }
}
