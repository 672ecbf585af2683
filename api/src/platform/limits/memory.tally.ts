import type { Clock } from '../clock';
import { type Count, NEVER, Tally } from './tally';

/** Keys that are remembered; beyond it the oldest windows are forgotten first. */
const MOST = 100_000;

interface Window {
  count: number;
  until: number;
}

/** Counts of this process: no timers, a bounded map, and nothing to wait for. */
export class MemoryTally extends Tally {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly clock: Clock,
    private readonly most = MOST,
  ) {
    super();
  }

  override add(key: string, windowMs: number): Count {
    const now = this.clock.millis();
    const known = this.windows.get(key);
    if (known && now < known.until) {
      known.count += 1;
      return { count: known.count, resetsIn: known.until - now };
    }
    this.begin(key, 1, now, windowMs);
    return { count: 1, resetsIn: windowMs };
  }

  override look(key: string): Count {
    const now = this.clock.millis();
    const known = this.windows.get(key);
    return known && now < known.until ? { count: known.count, resetsIn: known.until - now } : NEVER;
  }

  override put(key: string, count: number, forMs: number): void {
    this.begin(key, count, this.clock.millis(), forMs);
  }

  override drop(key: string): void {
    this.windows.delete(key);
  }

  /** Set anew at the end of the map, so that the map begins with the windows that began first. */
  private begin(key: string, count: number, now: number, forMs: number): void {
    this.windows.delete(key);
    if (this.windows.size >= this.most) this.makeRoom(now);
    this.windows.set(key, { count, until: now + forMs });
  }

  /** Forgets what is over, and when that is nothing, the tenth that began first. */
  private makeRoom(now: number): void {
    for (const [key, { until }] of this.windows) if (until <= now) this.windows.delete(key);
    const room = Math.ceil(this.most / 10);
    for (const key of this.windows.keys()) {
      if (this.windows.size <= this.most - room) return;
      this.windows.delete(key);
    }
  }
}
