import { BullModule, InjectQueue, Processor } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Config } from '../../../platform/config';
import { ErrandsProcessor } from '../../../platform/queues';
import { ProviderEvents } from './provider-events.service';

const NAME = 'provider-hooks';
/** The queue, for the module's imports. */
export const PROVIDER_HOOKS_QUEUE = BullModule.registerQueue({ name: NAME });

/** A workspace has events of providers that wait. The ledger says which. */
interface ToldJob {
  workspaceId: string;
}

/** Says to whichever process works that a workspace has events that wait. */
@Injectable()
export class ProviderHookJobs {
  private readonly log = new Logger('provider hooks');

  constructor(@InjectQueue(NAME) private readonly queue: Queue<ToldJob>) {
    queue.on('error', (error) => this.log.warn({ err: error }, 'the queue cannot be reached'));
  }

  /** Never throws: the sweeper finds what no job names. */
  async add(workspaceId: string): Promise<void> {
    try {
      await this.queue.add('told', { workspaceId }, { removeOnComplete: true, removeOnFail: true });
    } catch (error) {
      this.log.warn({ err: error, workspaceId }, 'a job could not be queued');
    }
  }
}

@Processor(NAME, { concurrency: 2, autorun: false })
export class ProviderHooksProcessor extends ErrandsProcessor {
  constructor(
    private readonly events: ProviderEvents,
    config: Config,
  ) {
    super(config, 'provider hooks');
  }

  override process(job: Job<ToldJob>): Promise<void> {
    return this.events.process(job.data.workspaceId);
  }
}
