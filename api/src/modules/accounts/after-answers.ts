import { randomInt } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Delays, type Settling } from '../../platform/work';

/** Errands that wait; what comes on top is dropped, and its person asks again. */
const MOST_WAITING = 1_000;
/** Errands that run at the same time. */
const AT_ONCE = 4;
/** How long an answer has been gone before its work begins: even on one machine the two do not meet. Milliseconds. */
const APART_MS = 20;
/**
 * By chance up to so much later: whoever lets requests run beside it cannot know when to look for the work of one errand
 * (of 200 ms it could be felt: 254 against 222 ms in 450, AUC 0.62). Milliseconds.
 */
const SPREAD_MS = 2_500;
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
  private readonly delays = new Delays();
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

  /** What waits begins now; waits for all of it. */
  finish(): Promise<void> {
    return this.delays.hurry(() => Promise.all(this.errands));
  }

  private async after(answered: Promise<void>, work: () => Promise<void>): Promise<void> {
    // Who hung up before may never be seen to have been answered: nobody waits for them for ever.
    await Promise.race([answered, this.delays.wait(PATIENCE_MS)]);
    await this.delays.wait(APART_MS + randomInt(SPREAD_MS));
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
