import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { SchedulesQueries } from './schedules.queries';
import { AuditSchedules } from './schedules.service';

const LOOK_MS = 15_000;

/** Makes what is due of the schedules, on whichever process looks first. */
@Injectable()
export class ScheduleSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit schedules');
  private looking?: NodeJS.Timeout;

  constructor(
    private readonly queries: SchedulesQueries,
    private readonly schedules: AuditSchedules,
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.looking = setInterval(() => {
      this.look().catch((error: unknown) => this.log.warn({ err: error }, 'the schedules could not be looked at'));
    }, LOOK_MS);
    this.looking.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.looking);
  }

  /** Answers whether something was due. */
  async look(): Promise<boolean> {
    let done = false;
    for (const { workspaceId, id } of await this.queries.due()) {
      try {
        await this.work.run(systemActor(workspaceId, 'audit'), (tx) => this.schedules.run(tx, id));
        done = true;
      } catch (error) {
        // One that cannot be made does not keep the others from being made.
        this.log.warn({ err: error, workspaceId, scheduleId: id }, 'a scheduled export could not be begun');
      }
    }
    return done;
  }
}
