import { Injectable } from '@nestjs/common';

/** Does what is due now; answers whether anything was. */
export type Drain = () => Promise<boolean>;

/**
 * Everything that works in the background registers here, so that a test can wait until nothing is left to do instead
 * of sleeping, and a shutdown until what was begun is done.
 */
@Injectable()
export class Settling {
  private readonly drains = new Map<string, Drain>();

  register(name: string, drain: Drain): void {
    this.drains.set(name, drain);
  }

  /** What works in the background, by name. */
  get names(): string[] {
    return [...this.drains.keys()];
  }

  /** Runs all background work that is due, until none is. */
  async settle(): Promise<void> {
    for (let round = 0; round < 100; round++) {
      let busy = false;
      for (const drain of this.drains.values()) busy = (await drain()) || busy;
      if (!busy) return;
    }
    throw new Error(`Background work does not come to rest: ${[...this.drains.keys()].join(', ')}`);
  }
}
