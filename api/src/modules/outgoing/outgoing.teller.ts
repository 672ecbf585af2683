import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import { UnitOfWork } from '../../platform/work';
import { OutgoingPauses } from './outgoing-pauses.service';

/** The pause begins before there is anybody to tell; this tells every workspace as soon as the process runs. */
@Injectable()
export class OutgoingTeller implements OnApplicationBootstrap {
  private readonly log = new Logger('outgoing');

  constructor(
    private readonly config: Config,
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly pauses: OutgoingPauses,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.has('worker')) return;
    try {
      const paused = await this.database.query<{ workspace_id: string }>(
        'SELECT workspace_id FROM outgoing_pauses WHERE told_at IS NULL',
      );
      for (const { workspace_id } of paused) {
        await this.work.run(systemActor(workspace_id, 'restore'), (tx) => this.pauses.tell(tx));
      }
    } catch (error) {
      this.log.warn({ err: error }, 'a workspace could not be told that it is paused; the next start tries again');
    }
  }
}
