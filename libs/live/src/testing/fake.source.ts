import type { Envelope, EnvelopeOfService, LogService } from '@threadline/contracts';
import { BehaviorSubject, NEVER, Observable, Subject } from 'rxjs';
import type { ConnectionStatus } from '../connection.status';
import type { LogNews, LogSource, SnapshotPosition } from '../log.news';

const SINCE = new Date(0);
export const LIVE: ConnectionStatus = { kind: 'live', since: SINCE, through: 'socket' };

/** A source of news that the spec writes. */
export class FakeSource implements LogSource {
  readonly status$ = new BehaviorSubject<ConnectionStatus>(LIVE);
  /** The positions that the store's snapshots stood at. */
  readonly stood: number[] = [];
  /** What is answered when a snapshot stands at a position. */
  onStand: (seq: number) => void = () => undefined;
  readers = 0;
  private readonly news = new Subject<LogNews>();
  private broken = new Subject<never>();

  log<S extends LogService>(
    _services: readonly S[],
    snapshots$: Observable<SnapshotPosition> = NEVER,
  ): Observable<LogNews<EnvelopeOfService<S> & Envelope>> {
    return new Observable((subscriber) => {
      this.readers += 1;
      subscriber.add(() => (this.readers -= 1));
      subscriber.add(
        snapshots$.subscribe(({ asOf }) => {
          this.stood.push(asOf);
          this.onStand(asOf);
        }),
      );
      subscriber.add(this.news.subscribe((news) => subscriber.next(news as LogNews<EnvelopeOfService<S> & Envelope>)));
      subscriber.add(this.broken.subscribe({ error: (error: unknown) => subscriber.error(error) }));
    });
  }

  joined(seq: number): void {
    this.news.next({ kind: 'joined', seq });
  }
  events(...events: Envelope[]): void {
    this.news.next({ kind: 'events', seq: events.at(-1)?.seq ?? 0, events });
  }
  reset(seq: number): void {
    this.news.next({ kind: 'reset', seq, epoch: 'two' });
  }
  break(error: unknown): void {
    const broken = this.broken;
    this.broken = new Subject();
    broken.error(error);
  }
}
