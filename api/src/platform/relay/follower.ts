import type { Envelope } from '@threadline/contracts';

/** How many events one catch-up read fetches. */
const PAGE = 500;
/** How long a hole may stay open for an event that is already on its way through this process, in ms. */
const HOLE_GRACE = 5;
/** So many events wait for one that is missing; from there on all are read anew. */
const MOST_AHEAD = 2_000;

export type ReadAfter = (after: number, limit: number) => Promise<Envelope[]>;

/**
 * One workspace's log from a position on, in order and without gaps, whichever way events arrive: handed over right
 * after a commit of this process, or read because another node, or the poll, said that there are more. What is handed
 * over while something before it is missing, or being read, waits here: it is never read a second time.
 */
export class Follower {
  private reading?: Promise<void>;
  private behind = false;
  private holeTimer?: NodeJS.Timeout;
  /** Handed over, and not yet to be delivered, by seq. */
  private readonly ahead = new Map<number, Envelope>();
  /** The log is known to reach this far. */
  private head = 0;

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
    for (const event of events) if (event.seq > this.at) this.ahead.set(event.seq, event);
    this.passAhead();
    if (this.ahead.size > MOST_AHEAD) this.ahead.clear();
    else if (this.ahead.size === 0) return;
    this.holeTimer ??= setTimeout(() => this.closeHole(), HOLE_GRACE);
    this.head = Math.max(this.head, events.at(-1)?.seq ?? 0);
  }

  /** The log reaches this far; what is missing may be on its way through this process, and is given time to come. */
  expect(head: number): void {
    this.head = Math.max(this.head, head);
    if (this.head > this.at) this.holeTimer ??= setTimeout(() => this.closeHole(), HOLE_GRACE);
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
    if (this.head > this.at) this.poke();
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const events = await this.read(this.at, PAGE);
      this.pass(events.filter((event) => event.seq > this.at));
      this.passAhead();
      if (events.length < PAGE) return;
    }
  }

  /** Delivers what was waiting and is next now. */
  private passAhead(): void {
    const next: Envelope[] = [];
    for (let event; (event = this.ahead.get(this.at + next.length + 1));) next.push(event);
    this.pass(next);
  }

  private pass(events: Envelope[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.at = last.seq;
    for (const seq of this.ahead.keys()) if (seq <= this.at) this.ahead.delete(seq);
    this.deliver(events);
  }
}
