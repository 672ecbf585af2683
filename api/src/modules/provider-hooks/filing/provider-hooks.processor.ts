import { BullModule, InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Config } from '../../../platform/config';
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

/** After an error the worker rests so long: it would ask again at once, for ever. The sweeper works meanwhile. */
const REST_MS = 5_000;

@Processor(NAME, { concurrency: 2, autorun: false })
export class ProviderHooksProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('provider hooks');
  private resting?: NodeJS.Timeout;

  constructor(
    private readonly events: ProviderEvents,
    private readonly config: Config,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.worker.run().catch((error: unknown) => this.rest(error));
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.resting);
    if (this.resting) await this.worker.close(true);
  }

  override process(job: Job<ToldJob>): Promise<void> {
    return this.events.process(job.data.workspaceId);
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
