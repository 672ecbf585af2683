import { BullModule, InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Config } from '../../../platform/config';
import { ExportBuilder } from './export.builder';
import type { ExportRef } from './exports.queries';

const NAME = 'audit-exports';
/** The queue, for the module's imports. */
export const EXPORTS_QUEUE = BullModule.registerQueue({ name: NAME });

/** Says to whichever process works that a file is to be made. */
@Injectable()
export class ExportJobs {
  private readonly log = new Logger('audit exports');

  constructor(@InjectQueue(NAME) private readonly queue: Queue<ExportRef>) {
    queue.on('error', (error) => this.log.warn({ err: error }, 'the queue cannot be reached'));
  }

  /** Never throws: the sweeper finds what no job names. */
  async add(ref: ExportRef): Promise<void> {
    try {
      await this.queue.add('make', ref, { jobId: ref.id, removeOnComplete: true, removeOnFail: true });
    } catch (error) {
      this.log.warn({ err: error, exportId: ref.id }, 'a job could not be queued');
    }
  }
}

/** After an error the worker rests so long: it would ask again at once, for ever. The sweeper works meanwhile. */
const REST_MS = 5_000;

@Processor(NAME, { concurrency: 2, autorun: false })
export class ExportProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit exports');
  private resting?: NodeJS.Timeout;

  constructor(
    private readonly builder: ExportBuilder,
    private readonly config: Config,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.worker.run().catch((error: unknown) => this.rest(error));
  }

  /** A queue that is away would be waited for without end; what was begun is let go of by the builder. */
  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.resting);
    await this.builder.close();
    if (this.resting) await this.worker.close(true);
  }

  override process(job: Job<ExportRef>): Promise<void> {
    return this.builder.build(job.data);
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
