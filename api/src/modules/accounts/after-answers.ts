import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Settling } from '../../platform/work';

/** Errands that wait; what comes on top is dropped, and its person asks again. */
const MOST_WAITING = 1_000;
/** Errands that run at the same time. */
const AT_ONCE = 4;
/** How long an answer has been gone before its work begins: even on one machine the two do not meet. Milliseconds. */
const APART_MS = 20;
/**
 * By chance up to so much later: when the work of one errand is done, or that of another beside it, tells nothing of how
 * much there was to do. Milliseconds.
 */
const SPREAD_MS = 200;
/** How long an answer may take to leave before its work begins all the same. Milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * What is done once a request was answered, so that neither the answer nor its time can tell what there was to do; nor
 * what is done for somebody else, for it waits for none of it.
 */
export class AfterAnswers {
  private readonly log = new Logger('accounts');
  private readonly errands = new Set<Promise<void>>();
  private readonly turns: (() => void)[] = [];
  private running = 0;

  /** @param what for the log: what was not done */
  constructor(
    private readonly what: string,
    settling: Settling,
  ) {
    settling.register(what, async () => {
      const busy = this.errands.size > 0;
      await this.finish();
      return busy;
    });
  }

  /** Returns at once. */
  run(answered: Promise<void>, work: () => Promise<void>): void {
    if (this.errands.size >= MOST_WAITING) return this.log.warn(`${this.what}: too many at once`);
    const errand = this.after(answered, work).finally(() => this.errands.delete(errand));
    this.errands.add(errand);
  }

  /** Waits for what was begun. */
  async finish(): Promise<void> {
    await Promise.all(this.errands);
  }

  private async after(answered: Promise<void>, work: () => Promise<void>): Promise<void> {
    // Who hung up before may never be seen to have been answered: nobody waits for them for ever.
    await Promise.race([answered, wait(PATIENCE_MS)]);
    await wait(APART_MS + randomInt(SPREAD_MS));
    await this.turn();
    try {
      await work();
    } catch (error) {
      this.log.error({ err: error }, `${this.what}: one failed`);
    } finally {
      this.running -= 1;
      this.turns.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.turns.push(resolve));
    this.running += 1;
  }
}
