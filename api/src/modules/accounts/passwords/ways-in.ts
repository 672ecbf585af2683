import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/work';

/**
 * Drops what a module keeps that lets into somebody's account, in the workspace of the unit of work. Answers whether
 * there was anything.
 */
export type Drop = (tx: Tx, userId: string) => Promise<boolean>;

/**
 * What lets into an account besides its password and factors: identities, keys; each told of by the module that keeps it.
 * Whoever first proves the address of an account may not be who made it, and added these.
 */
@Injectable()
export class WaysIn {
  private readonly drops: Drop[] = [];

  /** Called once by each of these modules, when it starts. */
  register(drop: Drop): void {
    this.drops.push(drop);
  }

  /** Answers whether there was anything to drop. */
  async drop(tx: Tx, userId: string): Promise<boolean> {
    let dropped = false;
    for (const drop of this.drops) dropped = (await drop(tx, userId)) || dropped;
    return dropped;
  }
}
