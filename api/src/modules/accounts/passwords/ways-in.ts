import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/work';

/** Drops what a module keeps that lets into somebody's account, in the workspace of the unit of work. */
export type Drop = (tx: Tx, userId: string) => Promise<void>;

/**
 * What lets into an account besides its password: factors, identities, keys; each told of by the module that keeps it.
 * Whoever first proves the address of an account may not be who made it, and added these.
 */
@Injectable()
export class WaysIn {
  private readonly drops: Drop[] = [];

  /** Called once by each of these modules, when it starts. */
  register(drop: Drop): void {
    this.drops.push(drop);
  }

  async dropAll(tx: Tx, userId: string): Promise<void> {
    for (const drop of this.drops) await drop(tx, userId);
  }
}
