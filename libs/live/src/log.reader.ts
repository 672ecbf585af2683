import { carries, type Envelope, type LogService } from '@threadline/contracts';
import type { LogNews } from './log.news';

/** Where a reader stands in one service: what it has had lies between the two. */
interface Mark {
  from: number;
  to: number;
}

/** One subscriber of the log: its services, its place in each of them. */
export class LogReader {
  private readonly marks = new Map<LogService, Mark>();

  /** @param tell where its news go */
  constructor(
    readonly services: readonly LogService[],
    private readonly tell: (news: LogNews) => void,
    readonly fail: (error: Error) => void,
  ) {}

  /** Whether it knows its beginning in all of its services. */
  get joined(): boolean {
    return this.marks.size === this.services.length;
  }

  /** A service's beginning became known. */
  begin(service: LogService, seq: number): void {
    if (this.marks.has(service)) return;
    this.marks.set(service, { from: seq, to: seq });
    if (this.joined) this.tellJoined();
  }

  /** The stream of a service reached `to`. */
  take(service: LogService, events: readonly Envelope[], to: number): void {
    const mark = this.marks.get(service);
    if (!mark || to <= mark.to) return;
    // An event that two of its services carry is given once.
    const fresh = events.filter(
      (event) => event.seq > mark.to && this.services.find((each) => carries(each, event)) === service,
    );
    mark.to = to;
    const last = fresh.at(-1);
    if (last) this.tell({ kind: 'events', seq: last.seq, events: fresh });
  }

  /**
   * It has a snapshot as of `seq`. Answers false when it has not had all that came after that: it then starts over
   * from there, and so must the streams of its services.
   */
  stand(seq: number): boolean {
    if ([...this.marks.values()].some((mark) => mark.from > seq)) {
      this.joinAt(seq);
      return false;
    }
    for (const mark of this.marks.values()) mark.to = Math.max(mark.to, seq);
    return true;
  }

  /** What it missed cannot be had. */
  reset(seq: number, epoch: string | null): void {
    this.startFrom(seq);
    this.tell({ kind: 'reset', seq, epoch });
  }

  /** It starts over: all that follows `seq` is news to it, and what it had is void. */
  joinAt(seq: number): void {
    this.startFrom(seq);
    this.tellJoined();
  }

  private startFrom(seq: number): void {
    for (const service of this.services) this.marks.set(service, { from: seq, to: seq });
  }

  private tellJoined(): void {
    const seq = Math.max(...[...this.marks.values()].map((mark) => mark.from));
    this.tell({ kind: 'joined', seq });
  }
}
