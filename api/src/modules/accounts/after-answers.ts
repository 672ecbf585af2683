import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Settling } from '../../platform/work';

/** Errands that wait; what comes on top is dropped, and its person asks again. */
const MOST_WAITING = 1_000;
/** How long an answer has been gone before its work begins: even on one machine the two do not meet. Milliseconds. */
const APART_MS = 20;
/** How long an answer may take to leave before its work begins all the same. Milliseconds. */
const PATIENCE_MS = 1_000;

interface Errand {
  /** Settles when the answer has left. */
  answered: Promise<void>;
  work: () => Promise<void>;
}

/**
 * What is done once a request was answered, one after the other, so that neither the answer nor its time can tell what
 * there was to do.
 */
export class AfterAnswers {
  private readonly log = new Logger('accounts');
  private readonly waiting: Errand[] = [];
  private working: Promise<void> | null = null;

  /** @param what for the log: what was not done */
  constructor(
    private readonly what: string,
    settling: Settling,
  ) {
    settling.register(what, async () => {
      const busy = this.working !== null;
      await this.working;
      return busy;
    });
  }

  /** Returns at once. */
  run(answered: Promise<void>, work: () => Promise<void>): void {
    if (this.waiting.length >= MOST_WAITING) return this.log.warn(`${this.what}: too many at once`);
    this.waiting.push({ answered, work });
    this.working ??= this.workOff();
  }

  /** Waits for what was begun. */
  async finish(): Promise<void> {
    await this.working;
  }

  private async workOff(): Promise<void> {
    for (let errand = this.waiting.shift(); errand; errand = this.waiting.shift()) {
      // Who hung up before may never be seen to have been answered: nobody else waits for them.
      await Promise.race([errand.answered, wait(PATIENCE_MS)]);
      await wait(APART_MS);
      try {
        await errand.work();
      } catch (error) {
        this.log.error({ err: error }, `${this.what}: one failed`);
      }
    }
    this.working = null;
  }
}
