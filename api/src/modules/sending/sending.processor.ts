import { BullModule, InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
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

/** After an error the worker rests so long: it would ask again at once, for ever. The sweeper works meanwhile. */
const REST_MS = 5_000;

@Processor(NAME, { concurrency: 4, autorun: false })
export class SendingProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('sending');
  private resting?: NodeJS.Timeout;

  constructor(
    private readonly outbox: Outbox,
    private readonly config: Config,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.worker.run().catch((error: unknown) => this.rest(error));
  }

  /** A queue that is away would be waited for without end; what was begun is finished by the outbox, not by the job. */
  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.resting);
    if (this.resting) await this.worker.close(true);
  }

  override process(job: Job<DueJob>): Promise<void> {
    return this.outbox.deliver(job.data.workspaceId);
  }

  @OnWorkerEvent('error')
  rest(error: unknown): void {
    if (this.resting) return;
    this.log.warn({ err: error }, 'the queue cannot be worked on for now');
    void this.worker.pause(true);
    this.resting = setTimeout(() => {
      this.resting = undefined;
      void this.worker.resume();
    }, REST_MS);
    this.resting.unref();
  }
}
