import {
  STREAM_VERSION,
  type Reset,
  type Service,
  type StateService,
  type SubscribeAck,
  type SubscribeRefusal,
  type SubscribeRequest,
} from '@threadline/contracts';
import {
  auditTime,
  concat,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  mergeMap,
  Observable,
  of,
  race,
  Subject,
  startWith,
  switchMap,
  take,
  tap,
  timer,
  type SchedulerLike,
} from 'rxjs';
import { BACK_OFF_STEPS } from './back-off';
import type { LiveSocket } from './live.socket';
import type { LogStreams } from './log.streams';
import type { StateTopics } from './state.topics';
import { Dropped, LiveRefusal, SignedOut } from './trouble';

/** `asking`: the server was asked for something. `settled`: it has sent all that was asked for. */
export type ExchangeSignal = 'asking' | 'settled';

export interface ExchangeTimes {
  scheduler: SchedulerLike;
  /** Milliseconds the server may take to answer, counted from the last thing that came. */
  answerWithin: number;
  /** Milliseconds that the head may be ahead before what is missing is asked for. */
  headGrace: number;
}

/** Asks in a row for the same missing numbers, before a new snapshot is taken instead. */
const FRUITLESS_ASKS = 3;

/**
 * What is said about subscriptions on one socket: asks for the services that are wanted from where their readers
 * stand, and again for whatever turns out to be missing. One ask at a time.
 */
export class SubscribeExchange {
  private sent: ReadonlySet<Service> = new Set();
  /** The head that was not reached within the grace. */
  private overdue = 0;
  private repairedFrom: number | undefined;
  private fruitless = 0;
  private readonly came = new Subject<void>();
  private readonly heads = new Subject<number>();

  constructor(
    private readonly socket: LiveSocket,
    private readonly streams: LogStreams,
    private readonly topics: StateTopics,
    private readonly times: ExchangeTimes,
  ) {}

  /** Runs as long as the socket. Errors with Dropped when the server does not answer, with SignedOut when it says so. */
  run(): Observable<ExchangeSignal> {
    const { scheduler, headGrace } = this.times;
    this.streams.unask();
    const overdue$ = this.heads.pipe(
      mergeMap((head) => timer(headGrace, scheduler).pipe(map(() => head))),
      // A head of the log that was before a reset says nothing.
      tap((head) => (this.overdue = Math.min(head, this.streams.knownHead))),
    );
    // Said before the ask itself, which waits for whatever else changes in the same moment.
    const known$ = this.streams.changed$.pipe(
      filter(() => this.streams.unasked && this.streams.missing > 0),
      map((): ExchangeSignal => 'asking'),
    );
    const changes$ = merge(this.streams.changed$, this.topics.changed$).pipe(auditTime(0, scheduler));
    const turns$ = merge(changes$, overdue$).pipe(
      startWith(null),
      exhaustMap(() => this.turn()),
    );
    return merge(known$, turns$);
  }

  /** Something came: the server is at work. */
  progressed(): void {
    this.came.next();
  }

  /** The server told its head. */
  sawHead(seq: number): void {
    this.streams.sawHead(seq);
    this.heads.next(seq);
  }

  /** The server said that what was missed cannot be given. */
  reset(reset: Reset): void {
    this.streams.reset(reset);
    this.overdue = 0;
    this.heads.next(reset.seq);
  }

  /** Asks until there is nothing left to ask for. */
  private turn(): Observable<ExchangeSignal> {
    return defer(() => {
      if (!this.due()) return of<ExchangeSignal>('settled');
      return concat(of<ExchangeSignal>('asking'), this.pause(), this.ask(), this.turn());
    });
  }

  private due(): boolean {
    return this.setChanged() || this.streams.unasked || this.incomplete();
  }

  private setChanged(): boolean {
    const wanted = this.wanted();
    return wanted.length !== this.sent.size || wanted.some((service) => !this.sent.has(service));
  }

  private incomplete(): boolean {
    return this.streams.holed || this.streams.behind(this.overdue);
  }

  private wanted(): Service[] {
    return [...this.streams.services, ...this.topics.services];
  }

  /** Before asking again for what the last ask did not bring, wait longer each time. */
  private pause(): Observable<never> {
    if (this.setChanged() || this.streams.unasked) {
      this.forgetRepair();
      return EMPTY;
    }
    const from = this.streams.lastSeq;
    this.fruitless = from === this.repairedFrom ? this.fruitless + 1 : 0;
    this.repairedFrom = from;
    if (this.fruitless === 0 || this.fruitless >= FRUITLESS_ASKS) return EMPTY;
    const wait = BACK_OFF_STEPS[this.fruitless - 1] ?? 0;
    return timer(wait, this.times.scheduler).pipe(mergeMap(() => EMPTY));
  }

  private forgetRepair(): void {
    this.fruitless = 0;
    this.repairedFrom = undefined;
  }

  private ask(): Observable<never> {
    return defer(() => {
      // What was missing may have come during the pause.
      if (!this.due()) return EMPTY;
      if (this.fruitless >= FRUITLESS_ASKS) {
        this.forgetRepair();
        this.streams.giveUp();
        return EMPTY;
      }
      const services = this.wanted();
      const { lastSeq, epoch } = this.streams;
      const request: SubscribeRequest = { services, version: STREAM_VERSION };
      if (lastSeq !== undefined) {
        request.lastSeq = lastSeq;
        if (epoch !== null) request.epoch = epoch;
      }
      const newStates = this.topics.services.filter((service) => !this.sent.has(service));
      this.streams.asking(lastSeq);
      this.sent = new Set(services);
      return race(this.answer(request), this.silence()).pipe(mergeMap((answer) => this.hear(answer, newStates)));
    });
  }

  private answer(request: SubscribeRequest): Observable<SubscribeAck | SubscribeRefusal> {
    return new Observable((subscriber) => {
      this.socket.ask('subscribe', request, (answer) => {
        subscriber.next(answer);
        subscriber.complete();
      });
    });
  }

  private silence(): Observable<never> {
    const { answerWithin, scheduler } = this.times;
    return this.came.pipe(
      startWith(undefined),
      switchMap(() => timer(answerWithin, scheduler)),
      take(1),
      map(() => {
        throw new Dropped('The server did not answer the subscription');
      }),
    );
  }

  private hear(answer: SubscribeAck | SubscribeRefusal, newStates: readonly StateService[]): Observable<never> {
    if (answer.type === 'ack') {
      // In another log, the old log's head says nothing.
      if (this.streams.epoch !== answer.epoch) this.overdue = 0;
      this.streams.answered(answer.seq, answer.epoch);
      this.heads.next(answer.seq);
      if (newStates.length > 0) this.topics.join(newStates);
      return EMPTY;
    }
    switch (answer.code) {
      case 'session_ended':
        throw new SignedOut('session_ended', answer.detail);
      case 'not_ready':
        throw new Dropped(answer.detail);
      case 'forbidden':
      case 'invalid_input': {
        // Nothing was joined: the rest is asked for anew, without those.
        this.sent = new Set();
        this.streams.unask();
        const refusal = new LiveRefusal(answer.code, answer.detail);
        const readers = this.streams.refuse(answer.services, refusal);
        const watchers = this.topics.refuse(answer.services, refusal);
        if (!readers && !watchers) throw new Dropped(answer.detail);
        return EMPTY;
      }
    }
  }
}
