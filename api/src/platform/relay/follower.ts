import type { Envelope } from '@threadline/contracts';

/** How many events one catch-up read fetches. */
const PAGE = 500;
/** How long a hole may stay open for an event that is already on its way through this process, in ms. */
const HOLE_GRACE = 5;

export type ReadAfter = (after: number, limit: number) => Promise<Envelope[]>;

/**
 * One workspace's log from a position on, in order and without gaps, whichever way events arrive: handed over right
 * after a commit of this process, or read because another node, or the poll, said that there are more.
 */
export class Follower {
  private reading?: Promise<void>;
  private behind = false;
  private holeTimer?: NodeJS.Timeout;

  constructor(
    private at: number,
    private readonly read: ReadAfter,
    private readonly deliver: (events: Envelope[]) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get position(): number {
    return this.at;
  }

  /** Events of one commit of this process. */
  offer(events: readonly Envelope[]): void {
    const fresh = events.filter((event) => event.seq > this.at);
    const first = fresh[0];
    if (!first) return;
    if (first.seq === this.at + 1 && !this.reading) return this.pass(fresh);
    this.holeTimer ??= setTimeout(() => this.closeHole(), HOLE_GRACE);
  }

  /** There may be more than this process has seen. */
  poke(): void {
    if (this.reading) {
      this.behind = true;
      return;
    }
    this.reading = this.catchUp()
      .catch(this.failed)
      .finally(() => {
        this.reading = undefined;
        if (this.behind) {
          this.behind = false;
          this.poke();
        }
      });
  }

  stop(): void {
    clearTimeout(this.holeTimer);
  }

  /** Waits until what was asked for so far has been read. */
  async settled(): Promise<void> {
    while (this.reading) await this.reading;
  }

  private closeHole(): void {
    this.holeTimer = undefined;
    this.poke();
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const events = await this.read(this.at, PAGE);
      this.pass(events.filter((event) => event.seq > this.at));
      if (events.length < PAGE) return;
    }
  }

  private pass(events: Envelope[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.at = last.seq;
    this.deliver(events);
  }
}
