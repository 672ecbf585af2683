import { now } from '../ground/answering.mjs';

/** What screens have heard: each event's seq and when, and whether all came in order. */
export class Listening {
  #last;
  #times = new Map();
  outOfOrder = 0;

  constructor(screens) {
    this.#last = new Float64Array(screens).fill(-1);
  }

  /** From here on counts; each screen expects the number after the last it has heard, if it has heard any. */
  clear() {
    this.#times.clear();
    this.outOfOrder = 0;
  }

  hear(screen, seqs) {
    const at = now();
    for (const seq of seqs) {
      const last = this.#last[screen];
      if (last >= 0 && seq !== last + 1) this.outOfOrder++;
      this.#last[screen] = seq;
      let times = this.#times.get(seq);
      if (!times) this.#times.set(seq, (times = []));
      times.push(at);
    }
  }

  /** By seq, when each screen heard it. */
  get heard() {
    return [...this.#times].map(([seq, times]) => [seq, Float64Array.from(times)]);
  }
}
