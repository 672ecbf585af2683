import { BullModule, InjectQueue, Processor } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Config } from '../../../platform/config';
import { ErrandsProcessor } from '../../../platform/queues';
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

@Processor(NAME, { concurrency: 2, autorun: false })
export class ExportProcessor extends ErrandsProcessor {
  constructor(
    private readonly builder: ExportBuilder,
    config: Config,
  ) {
    super(config, 'audit exports');
  }

  override async onModuleDestroy(): Promise<void> {
    await this.builder.close();
    await super.onModuleDestroy();
  }

  override process(job: Job<ExportRef>): Promise<void> {
    return this.builder.build(job.data);
  }
}
