import { randomInt } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Delays } from './delays';
import { Settling } from './settling';

/** How long an answer has been gone when its writes begin: by chance, between these. Milliseconds. */
const [LEAST_MS, MOST_MS] = [1_000, 5_000];

/**
 * Small writes that follow a request whose answer must not tell whether there was anything to write: not at once, where
 * the requests behind it would be slower, but at a time that nobody can foresee. Lost with a warning when they fail, not
 * before a shutdown.
 */
@Injectable()
export class Later implements BeforeApplicationShutdown {
  private readonly log = new Logger('later');
  private readonly delays = new Delays();
  private readonly errands = new Set<Promise<void>>();

  constructor(settling: Settling) {
    settling.register('what is written later', () => this.finish());
  }

  /** @param what for the log: what was not done */
  run(what: string, work: () => Promise<unknown>): void {
    const errand: Promise<void> = this.delays
      .wait(randomInt(LEAST_MS, MOST_MS))
      .then(work)
      .then(
        () => undefined,
        (error: unknown) => this.log.warn({ err: error }, `${what} failed`),
      )
      .finally(() => this.errands.delete(errand));
    this.errands.add(errand);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.finish();
  }

  /** What waits begins now. */
  private async finish(): Promise<boolean> {
    const some = this.errands.size > 0;
    await this.delays.hurry(() => Promise.all(this.errands));
    return some;
  }
}
