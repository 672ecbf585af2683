import { signal } from '@angular/core';
import { asProblem } from '../../../core/api';
import { securityWords } from './security-words';

/** One thing at a time in a panel, and what is said when it was refused. */
export class Attempts {
  readonly busy = signal(false);
  readonly refused = signal('');

  /** @param doing after "Couldn't": `add the passkey`. Answers whether it was done. */
  async run(doing: string, work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy()) return false;
    this.busy.set(true);
    this.refused.set('');
    try {
      await work();
      return true;
    } catch (error) {
      this.refused.set(securityWords(asProblem(error), doing));
      return false;
    } finally {
      this.busy.set(false);
    }
  }
}
