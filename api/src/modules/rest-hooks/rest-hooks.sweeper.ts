import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import { UnitOfWork } from '../../platform/work';
import { RestHooks } from './rest-hooks.service';

const SWEEP_MS = 60_000;

/** Takes out subscriptions whose time is over. */
@Injectable()
export class RestHooksSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('rest hooks');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly hooks: RestHooks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.log.warn({ err: error }, 'subscriptions could not be looked at'));
    }, SWEEP_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Answers whether there were any. */
  async sweep(): Promise<boolean> {
    const rows = await this.database.query<{ workspace_id: string }>(
      'SELECT DISTINCT workspace_id FROM rest_hooks WHERE expires_at <= $1',
      [this.clock.now()],
    );
    for (const { workspace_id: workspaceId } of rows) {
      await this.work.run(systemActor(workspaceId, 'rest hooks'), (tx) => this.hooks.endExpired(tx));
    }
    return rows.length > 0;
  }
}
