import type { Envelope, EnvelopeOfService, LogService, Presence, StateMessages } from '@threadline/contracts';
import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  NEVER,
  race,
  retry,
  share,
  Subject,
  switchMap,
  tap,
  throttleTime,
  throwError,
  timeout,
  timer,
  type Observable,
  type Subscription,
} from 'rxjs';
import { backOff } from './back-off';
import {
  settle,
  TRIES_BEFORE_POLLING,
  type ConnectionSettings,
  type LiveConnectionOptions,
} from './connection.options';
import type { ConnectionStatus } from './connection.status';
import { ConversationRooms, type RoomState } from './conversation.rooms';
import { Freshness } from './freshness';
import type { LogNews, LogSource, SnapshotPosition } from './log.news';
import { LogStreams } from './log.streams';
import { whyRefused, type LiveSocket } from './live.socket';
import { polling, type PollOutcome } from './polling';
import { socketSignals, type SocketSignal } from './socket.signals';
import { StateTopics, type StateName } from './state.topics';
import { SubscribeExchange, type ExchangeSignal } from './subscribe.exchange';
import { Dropped, Silence, SignedOut, troubleOf, type Trouble } from './trouble';

/**
 * One socket to a workspace's live stream. Subscriptions are cold observables that are counted: the first one of a
 * service subscribes to it, the last one gone ends it. It keeps the place of each service in the log, takes up from
 * there after every break, asks for what is missing, and says how fresh all of this is. When no socket can be had it
 * polls GET /api/events and feeds the same observables.
 *
 * One connection serves one person in one workspace; for another, make another.
 */
export class LiveConnection implements LogSource {
  /** Emits the latest at once. */
  readonly status$: Observable<ConnectionStatus>;
  /** Somebody has to sign in again; no further tries are made until `connect` is called. */
  readonly signedOut$: Observable<Trouble>;
  /** Counts the sockets that were had: 1 with the first connection, more after each time it was lost or taken away. */
  readonly connections$: Observable<number>;

  private readonly settings: ConnectionSettings;
  private readonly streams = new LogStreams();
  private readonly topics = new StateTopics();
  private readonly freshness: Freshness;
  private readonly rooms: ConversationRooms;
  private readonly socket$ = new BehaviorSubject<LiveSocket | null>(null);
  private readonly wake$: Observable<unknown>;
  private readonly signedOut = new Subject<Trouble>();
  private readonly connections = new BehaviorSubject(0);
  private readonly withoutSocket$ = new BehaviorSubject(false);
  private running: Subscription | null = null;
  private failures = 0;
  private triesSinceSettled = 0;

  constructor(options: LiveConnectionOptions) {
    const { scheduler, times, wake$ } = (this.settings = settle(options));
    this.freshness = new Freshness(scheduler, times.staleAfter);
    this.status$ = this.freshness.status$.asObservable();
    this.signedOut$ = this.signedOut.asObservable();
    this.connections$ = this.connections.asObservable();
    this.rooms = new ConversationRooms(this.socket$, this.topics, scheduler);
    this.wake$ = wake$.pipe(throttleTime(1_000, scheduler), share());
  }

  /** Begins, or begins again after signing out or closing. */
  connect(): void {
    if (this.running && !this.running.closed) return;
    this.failures = 0;
    this.triesSinceSettled = 0;
    this.withoutSocket$.next(false);
    this.freshness.connecting();
    // The wake-ups are followed all the time, so that their throttle outlives a session.
    this.running = merge(this.freshness.run(), this.wake$.pipe(ignoreElements()), this.sessions(), this.fallback())
      .pipe(catchError((error: unknown) => this.end(error)))
      .subscribe();
  }

  /** Closes the socket. Subscriptions stay, and go on after `connect`. */
  close(): void {
    if (!this.running || this.running.closed) return;
    this.running.unsubscribe();
    this.freshness.ended(null);
  }

  log<S extends LogService>(
    services: readonly S[],
    snapshots$?: Observable<SnapshotPosition>,
  ): Observable<LogNews<EnvelopeOfService<S> & Envelope>> {
    return this.streams.read(services, snapshots$);
  }

  /**
   * The events of one service from now on: in order, each once, without holes. Errors with LiveRefusal when the
   * server does not allow the service. After a `reset` it goes on from the reset's position; whoever must know about
   * that reads `log`.
   */
  service<S extends LogService>(service: S): Observable<EnvelopeOfService<S> & Envelope> {
    return this.log([service]).pipe(mergeMap((news) => (news.kind === 'events' ? news.events : [])));
  }

  /** The states of one kind from now on; see `joined`. Errors with LiveRefusal when it is not allowed. */
  state<T extends StateName>(name: T): Observable<StateMessages[T]> {
    return this.topics.of(name);
  }

  /**
   * States are not replayed: this emits whenever changes of one kind may have gone by unheard, because the
   * subscription has only now taken effect (at first and after a break), or because polling found something.
   * Whoever shows them takes a new snapshot then.
   */
  joined(name: StateName): Observable<void> {
    return this.topics.joinedTo(name);
  }

  /** Who is in the workspace, whenever it changes. */
  people(): Observable<Presence[]> {
    return this.state('presence_updated').pipe(
      filter((presence) => presence.ref === null),
      map((presence) => presence.people),
    );
  }

  /** Enters a conversation's room while subscribed; tells who is there and who types. */
  room(conversationId: string): Observable<RoomState> {
    return this.rooms.room(conversationId);
  }

  /** Says that this person types in a conversation, or stopped; for every key, it is throttled here. */
  typing(conversationId: string, typing: boolean): void {
    this.rooms.typing(this.socket$.value, conversationId, typing);
  }

  /** Session after session, with the waits between them. Errors with SignedOut. */
  private sessions(): Observable<never> {
    return defer(() => concat(this.proof(), this.session())).pipe(
      retry({ delay: (error: unknown) => this.afterSession(error) }),
    );
  }

  /** Where there should be no network, an answer to a request has to show that the server is within reach. */
  private proof(): Observable<never> {
    const { events, network, scheduler, times } = this.settings;
    if (network.online || !events) return EMPTY;
    return from(events(null)).pipe(
      timeout({ first: times.answerWithin, scheduler, with: () => throwError(noNetwork) }),
      catchError((error: unknown) => throwError(() => whyRefused(error))),
      ignoreElements(),
    );
  }

  /** One socket, from handshake to end. */
  private session(): Observable<never> {
    const { scheduler, times, url, token, socket, network } = this.settings;
    let exchange: SubscribeExchange | null = null;
    let heardAt = scheduler.now();
    let settledAt: number | null = null;
    const signals$ = socketSignals(() => socket({ url, token, timeout: times.connectWithin })).pipe(
      timeout({ first: times.connectWithin, each: times.deadAfter, scheduler, with: ({ seen }) => silent(seen) }),
      tap(() => (heardAt = scheduler.now())),
    );
    const steps$ = signals$.pipe(
      mergeMap((signal) => {
        if (signal.kind === 'open') {
          exchange = new SubscribeExchange(signal.socket, this.streams, this.topics, { scheduler, ...times });
          this.socket$.next(signal.socket);
          return exchange.run();
        }
        if (exchange) this.hear(signal, exchange, settledAt !== null);
        return EMPTY;
      }),
      tap((step) => {
        if (step === 'settled' && settledAt === null) {
          settledAt = scheduler.now();
          this.connections.next(this.connections.value + 1);
        }
        this.follow(step);
      }),
    );
    // Timers stand still while a machine sleeps; a wake-up looks at the clock instead.
    const slept$ = this.wake$.pipe(
      filter(() => scheduler.now() - heardAt >= times.deadAfter),
      mergeMap(() => silent(1)),
    );
    const lost$ = network.lost$.pipe(mergeMap(() => throwError(noNetwork)));
    return merge(steps$, slept$, lost$).pipe(
      ignoreElements(),
      catchError((error: unknown) => {
        if (settledAt !== null && scheduler.now() - settledAt >= times.stableAfter) this.failures = 0;
        return throwError(() => error);
      }),
      finalize(() => this.socket$.next(null)),
    );
  }

  private hear(signal: Exclude<SocketSignal, { kind: 'open' }>, exchange: SubscribeExchange, settled: boolean): void {
    this.freshness.touched();
    exchange.progressed();
    switch (signal.kind) {
      case 'log':
        this.streams.accept(signal.service, signal.message);
        break;
      case 'head':
        exchange.sawHead(signal.head.seq);
        break;
      case 'reset':
        exchange.reset(signal.reset);
        break;
      case 'state':
        return this.topics.accept(signal.message);
    }
    if (!settled || this.freshness.isCatchingUp) this.freshness.catchingUp(this.streams.missing);
  }

  private follow(step: ExchangeSignal): void {
    if (step === 'asking') return this.freshness.catchingUp(this.streams.missing);
    this.triesSinceSettled = 0;
    this.withoutSocket$.next(false);
    this.freshness.live('socket');
  }

  /** When the next session begins. Errors when there shall be none. */
  private afterSession(error: unknown): Observable<unknown> {
    if (error instanceof SignedOut) return throwError(() => error);
    const { scheduler, random, events } = this.settings;
    if (!this.withoutSocket$.value) this.lost(error);
    this.triesSinceSettled += 1;
    if (events && this.triesSinceSettled >= TRIES_BEFORE_POLLING) this.withoutSocket$.next(true);
    if (error instanceof Dropped && error.retryInMs !== null) return timer(error.retryInMs, scheduler);
    this.failures += 1;
    const woken$ = this.wake$.pipe(tap(() => (this.failures = 0)));
    return race(timer(backOff(this.failures, random), scheduler), woken$);
  }

  /** Polls while no socket can be had. Errors with SignedOut. */
  private fallback(): Observable<never> {
    const { events, network } = this.settings;
    if (!events) return NEVER;
    const failed$ = network.lost$.pipe(map((): PollOutcome => ({ kind: 'failed', error: noNetwork() })));
    return this.withoutSocket$.pipe(
      distinctUntilChanged(),
      switchMap((without) => (without ? merge(failed$, polling(events, this.streams, this.settings)) : EMPTY)),
      tap((outcome) => this.followPoll(outcome)),
      ignoreElements(),
    );
  }

  private followPoll(outcome: PollOutcome): void {
    switch (outcome.kind) {
      case 'read':
        if (outcome.events > 0) this.topics.joinedAll();
        this.freshness.touched();
        return this.freshness.live('polling');
      case 'failed': {
        const why = whyRefused(outcome.error);
        if (why instanceof SignedOut) throw why;
        return this.lost(outcome.error);
      }
    }
  }

  private lost(error: unknown): void {
    if (error instanceof Silence || !this.settings.network.online) this.freshness.lifeless(troubleOf(error));
    else this.freshness.lost(troubleOf(error));
  }

  private end(error: unknown): Observable<never> {
    const trouble = troubleOf(error);
    this.freshness.ended(trouble);
    // Anything else is a fault of the program, and is reported as one.
    if (!(error instanceof SignedOut)) return throwError(() => error);
    this.signedOut.next(trouble);
    return EMPTY;
  }
}

function silent(heard: number): Observable<never> {
  return throwError(() =>
    heard === 0 ? new Dropped('The server did not answer') : new Silence('The server has gone silent'),
  );
}

function noNetwork(): Dropped {
  return new Dropped('There is no network');
}
