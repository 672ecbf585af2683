import type { Envelope, EnvelopeOfService, EventPage, LogMessage, LogService, Reset } from '@threadline/contracts';
import { NEVER, Observable, Subject } from 'rxjs';
import { LogCursor, spansOf, type Span } from './log.cursor';
import type { LogNews, SnapshotPosition } from './log.news';
import { LogReader } from './log.reader';
import type { LiveRefusal } from './trouble';

/** One service that somebody reads. */
interface ServiceStream {
  cursor: LogCursor;
  /** The server was asked, on this socket, to send everything after the cursor. */
  asked: boolean;
  readers: Set<LogReader>;
}

/**
 * The services that are read, their places in the log and their readers. Knows no socket: messages and pages go in,
 * news come out, and `changed$` says that the server may have to be asked for something.
 */
export class LogStreams {
  private readonly streams = new Map<LogService, ServiceStream>();
  private readonly changed = new Subject<void>();
  readonly changed$ = this.changed.asObservable();
  /** The log that the positions count in. */
  epoch: string | null = null;
  private head = 0;

  /** See LogSource. */
  read<S extends LogService>(
    services: readonly S[],
    snapshots$: Observable<SnapshotPosition> = NEVER,
  ): Observable<LogNews<EnvelopeOfService<S> & Envelope>> {
    return new Observable((subscriber) => {
      const distinct = [...new Set(services)];
      // `carries` let through nothing but these services' events.
      const tell = (news: LogNews) => subscriber.next(news as LogNews<EnvelopeOfService<S> & Envelope>);
      const reader = new LogReader(distinct, tell, (error) => subscriber.error(error));
      subscriber.add(() => this.leave(reader));
      for (const service of distinct) this.join(service, reader);
      subscriber.add(snapshots$.subscribe((snapshot) => this.stand(reader, snapshot)));
      this.changed.next();
    });
  }

  get services(): LogService[] {
    return [...this.streams.keys()];
  }

  /** The position from which the server must send to fill all of them; absent when none is known. */
  get lastSeq(): number | undefined {
    const known = this.positions();
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  /** The highest number of this log that was heard of. */
  get knownHead(): number {
    return this.head;
  }

  /** Events of the log that are still to come, as far as is known. */
  get missing(): number {
    const lastSeq = this.lastSeq;
    return lastSeq === undefined ? 0 : Math.max(0, this.head - lastSeq);
  }

  /** A stream has not been asked for from where it stands. */
  get unasked(): boolean {
    return this.some((stream) => !stream.asked);
  }

  /** A stream waits for numbers between what it has and what it holds back. */
  get holed(): boolean {
    return this.some((stream) => stream.cursor.hole);
  }

  /** Whether a stream has not come as far as this. */
  behind(seq: number): boolean {
    return this.positions().some((position) => position < seq);
  }

  /** A new socket: nothing has been asked of it yet. */
  unask(): void {
    for (const stream of this.streams.values()) stream.asked = false;
  }

  /** All are being asked for from `lastSeq`; without it, from the number that the answer will tell. */
  asking(lastSeq: number | undefined): void {
    for (const [service, stream] of this.streams) {
      stream.asked = true;
      if (lastSeq !== undefined) this.beginIfNew(service, stream, lastSeq);
    }
  }

  /** The server has sent what was asked for, up to `seq`, and sends what comes after it. */
  answered(seq: number, epoch: string): void {
    this.meet(epoch, seq);
    this.sawHead(seq);
    for (const [service, stream] of this.streams) {
      this.beginIfNew(service, stream, seq);
      const { position } = stream.cursor;
      if (position !== null && position >= seq) stream.asked = true;
    }
  }

  sawHead(seq: number): void {
    this.head = Math.max(this.head, seq);
  }

  /** A message of the socket. */
  accept(service: LogService, message: LogMessage): void {
    this.sawHead(message.seq);
    this.acceptSpans(service, spansOf(message));
  }

  /**
   * A page of GET /api/events that was read after this position (null: the position to begin from was asked for).
   */
  acceptPage(after: number | null, page: EventPage): void {
    this.meet(page.epoch, page.lastSeq);
    this.sawHead(page.lastSeq);
    for (const [service, stream] of this.streams) this.beginIfNew(service, stream, after ?? page.lastSeq);
    if (after === null || page.lastSeq <= after) return;
    const envelopes = spansOf({ events: page.items }).flatMap((span) => span.envelopes);
    for (const service of this.services) this.acceptSpans(service, [{ from: after + 1, to: page.lastSeq, envelopes }]);
    if (page.moved) this.restart(page.lastSeq, [...this.streams.values()]);
  }

  /** Too old or another log, or other things to be seen: every reader takes a new snapshot. */
  reset({ epoch, seq }: Reset): void {
    this.epoch = epoch;
    this.head = seq;
    this.restart(seq, [...this.streams.values()]);
  }

  /** The server does not fill what is missing: the readers that wait for it take a new snapshot. */
  giveUp(): void {
    const seq = Math.max(this.head, ...[...this.streams.values()].map((stream) => stream.cursor.heard));
    const waiting = [...this.streams.values()].filter(
      ({ cursor }) => cursor.position !== null && cursor.position < seq,
    );
    this.restart(seq, waiting);
  }

  /** The server does not allow some services: their readers end. Answers whether there were any. */
  refuse(services: readonly string[] | undefined, refusal: LiveRefusal): boolean {
    const readers = [...this.streams].flatMap(([service, { readers }]) =>
      !services || services.includes(service) ? [...readers] : [],
    );
    for (const reader of new Set(readers)) reader.fail(refusal);
    return readers.length > 0;
  }

  private join(service: LogService, reader: LogReader): void {
    let stream = this.streams.get(service);
    if (!stream) {
      stream = { cursor: new LogCursor(), asked: false, readers: new Set() };
      this.streams.set(service, stream);
    }
    stream.readers.add(reader);
    if (stream.cursor.position !== null) reader.begin(service, stream.cursor.position);
  }

  private leave(reader: LogReader): void {
    for (const service of reader.services) {
      const stream = this.streams.get(service);
      if (stream?.readers.delete(reader) && stream.readers.size === 0) this.streams.delete(service);
    }
    this.changed.next();
  }

  /** A reader has a snapshot. */
  private stand(reader: LogReader, { asOf: seq, epoch }: SnapshotPosition): void {
    if (epoch !== undefined && epoch !== this.epoch) this.moveTo(epoch, seq, reader);
    for (const service of reader.services) {
      const stream = this.streams.get(service);
      if (!stream || stream.cursor.position !== null) continue;
      // Whatever was asked for until now was asked for without this position.
      stream.asked = false;
      this.beginIfNew(service, stream, seq);
    }
    if (!reader.stand(seq)) this.rewind(reader.services, seq);
    if (this.unasked) this.changed.next();
  }

  /** A reader's snapshot is the first to tell of a log, or of another one: all others need new snapshots. */
  private moveTo(epoch: string, seq: number, reader: LogReader): void {
    const first = this.epoch === null;
    this.epoch = epoch;
    if (first) return;
    this.head = seq;
    this.unask();
    this.restart(seq, [...this.streams.values()], reader);
    reader.joinAt(seq);
  }

  private rewind(services: readonly LogService[], seq: number): void {
    for (const service of services) {
      const stream = this.streams.get(service);
      const position = stream?.cursor.position ?? null;
      if (!stream || position === null || position <= seq) continue;
      stream.cursor.begin(seq);
      stream.asked = false;
    }
  }

  private beginIfNew(service: LogService, stream: ServiceStream, seq: number): void {
    if (stream.cursor.position !== null) return;
    const ready = stream.cursor.begin(seq);
    for (const reader of [...stream.readers]) reader.begin(service, seq);
    this.deliver(service, stream, ready);
  }

  private acceptSpans(service: LogService, spans: readonly Span[]): void {
    const stream = this.streams.get(service);
    if (!stream) return;
    const before = stream.cursor.position;
    const ready = spans.flatMap((span) => stream.cursor.accept(span));
    if (stream.cursor.position !== before) this.deliver(service, stream, ready);
    if (stream.cursor.hole) this.changed.next();
  }

  private deliver(service: LogService, stream: ServiceStream, ready: readonly Envelope[]): void {
    const to = stream.cursor.position;
    if (to === null) return;
    for (const reader of [...stream.readers]) reader.take(service, ready, to);
  }

  private restart(seq: number, streams: readonly ServiceStream[], except?: LogReader): void {
    for (const { cursor } of streams) cursor.restart(seq);
    for (const reader of new Set(streams.flatMap(({ readers }) => [...readers]))) {
      if (reader !== except) reader.reset(seq, this.epoch);
    }
  }

  private meet(epoch: string | undefined, seq: number): void {
    if (epoch === undefined) return;
    if (this.epoch !== null && this.epoch !== epoch) this.reset({ epoch, seq });
    else this.epoch = epoch;
  }

  private positions(): number[] {
    return [...this.streams.values()].flatMap(({ cursor }) => (cursor.position === null ? [] : [cursor.position]));
  }

  private some(holds: (stream: ServiceStream) => boolean): boolean {
    return [...this.streams.values()].some(holds);
  }
}
