import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Settling } from './settling';

/** Small writes beside a request that does not wait for them: lost with a warning when they fail, not before a shutdown. */
@Injectable()
export class Beside implements BeforeApplicationShutdown {
  private readonly log = new Logger('beside');
  private readonly running = new Set<Promise<void>>();

  constructor(settling: Settling) {
    settling.register('what is written beside requests', () => this.finish());
  }

  /** @param what for the log: what was not done */
  run(what: string, work: () => Promise<unknown>): void {
    const done: Promise<void> = work()
      .then(
        () => undefined,
        (error: unknown) => this.log.warn({ err: error }, `${what} failed`),
      )
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.finish();
  }

  private async finish(): Promise<boolean> {
    const some = this.running.size > 0;
    await Promise.all(this.running);
    return some;
  }
}
