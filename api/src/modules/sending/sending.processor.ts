import { BullModule, InjectQueue, Processor } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { ErrandsProcessor } from '../../platform/queues';
import { Outbox } from './outbox.service';

const NAME = 'sending';
/** The queue, for the module's imports. */
export const SENDING_QUEUE = BullModule.registerQueue({ name: NAME });

/** A workspace has something to send. The ledger says what. */
interface DueJob {
  workspaceId: string;
}

/** Says to whichever process works that a workspace has something to send. */
@Injectable()
export class SendingJobs {
  private readonly log = new Logger('sending');

  constructor(
    @InjectQueue(NAME) private readonly queue: Queue<DueJob>,
    private readonly clock: Clock,
  ) {
    queue.on('error', (error) => this.log.warn({ err: error }, 'the queue cannot be reached'));
  }

  /** One job a workspace and second: it sends all that is due. Never throws: the sweeper finds what no job names. */
  async add(workspaceId: string, dueAt: Date): Promise<void> {
    const delay = Math.max(0, dueAt.getTime() - this.clock.millis());
    const jobId = `${workspaceId}-${Math.ceil(dueAt.getTime() / 1000).toString(36)}`;
    try {
      await this.queue.add('due', { workspaceId }, { jobId, delay, removeOnComplete: true, removeOnFail: true });
    } catch (error) {
      this.log.warn({ err: error, workspaceId }, 'a job could not be queued');
    }
  }
}

@Processor(NAME, { concurrency: 4, autorun: false })
export class SendingProcessor extends ErrandsProcessor {
  constructor(
    private readonly outbox: Outbox,
    config: Config,
  ) {
    super(config, 'sending');
  }

  override process(job: Job<DueJob>): Promise<void> {
    return this.outbox.deliver(job.data.workspaceId);
  }
}
