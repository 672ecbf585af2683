import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../config';

/** After an error the worker rests so long: it would ask again at once, for ever. The sweeper works meanwhile. */
const REST_MS = 5_000;

/**
 * Works on a queue of errands where this process is a worker, and rests while the queue is away: the ledgers are swept
 * without it. Its `@Processor` says `autorun: false`.
 */
export abstract class ErrandsProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log: Logger;
  private resting?: NodeJS.Timeout;

  /** @param what in the words of the process's log */
  constructor(
    private readonly config: Config,
    what: string,
  ) {
    super();
    this.log = new Logger(what);
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.worker.run().catch((error: unknown) => this.rest(error));
  }

  /** A queue that is away would be waited for without end; what was begun is finished by its ledger, not by the job. */
  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.resting);
    if (this.resting) await this.worker.close(true);
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
