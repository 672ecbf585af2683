import { HEARTBEAT_MS, type EventPage } from '@threadline/contracts';
import { asyncScheduler, NEVER, type Observable, type ObservableInput, type SchedulerLike } from 'rxjs';
import { socketIo, type SocketFactory } from './live.socket';

export interface LiveConnectionOptions {
  /** The server's address; empty for the page's own. */
  url: string;
  /**
   * A token that is valid now; asked for at each handshake. Rejecting with SignedOut (or a problem whose code is
   * `unauthenticated` or `session_ended`) ends the connection, anything else is tried again.
   */
  token: () => Promise<string>;
  /**
   * Reads GET /api/events after a position; without one, `lastSeq` is the log's head. With it, the connection
   * falls back to polling when no socket can be had.
   */
  events?: (after: number | null) => ObservableInput<EventPage>;
  /** Emits when it is worth trying at once: back online, back in front. See `browserWakes`. */
  wake$?: Observable<unknown>;
  /** See `browserNetwork`. Without it, only the socket's own silence tells that the network is gone. */
  network?: Network;
  scheduler?: SchedulerLike;
  /** From 0 to 1, for the jitter. */
  random?: () => number;
  socket?: SocketFactory;
  times?: Partial<ConnectionTimes>;
}

/** What is known of the network beside what comes through it. */
export interface Network {
  /** False: there is none, though a server on the same machine may still be reached. */
  readonly online: boolean;
  /** Emits when it is gone: the socket is given up at once. */
  readonly lost$: Observable<unknown>;
}

/** All in milliseconds. */
export interface ConnectionTimes {
  /** What a handshake may take, the token included. */
  connectWithin: number;
  /** Silence after which the connection counts as dead: 2.5 heartbeats. */
  deadAfter: number;
  /** What the server may take to answer a subscription, counted from the last thing that came. */
  answerWithin: number;
  /** How long the head may be ahead before what is missing is asked for. */
  headGrace: number;
  /** Most drops heal at the first try: so long a status of `live` is kept. */
  staleAfter: number;
  /** How long a connection must hold for the back-off to start over. */
  stableAfter: number;
  /** Between two polls of the fallback. */
  pollEvery: number;
}

export const CONNECTION_TIMES: ConnectionTimes = {
  connectWithin: 10_000,
  deadAfter: 2.5 * HEARTBEAT_MS,
  answerWithin: 10_000,
  headGrace: 1_500,
  staleAfter: 1_500,
  stableAfter: HEARTBEAT_MS,
  pollEvery: 4_000,
};

/** Tries without a subscribed socket, before polling begins. */
export const TRIES_BEFORE_POLLING = 3;

/** Options with nothing left open. */
export interface ConnectionSettings {
  url: string;
  token: () => Promise<string>;
  events: LiveConnectionOptions['events'] | null;
  wake$: Observable<unknown>;
  network: Network;
  scheduler: SchedulerLike;
  random: () => number;
  socket: SocketFactory;
  times: ConnectionTimes;
}

export function settle(options: LiveConnectionOptions): ConnectionSettings {
  return {
    url: options.url,
    token: options.token,
    events: options.events ?? null,
    wake$: options.wake$ ?? NEVER,
    network: options.network ?? { online: true, lost$: NEVER },
    scheduler: options.scheduler ?? asyncScheduler,
    random: options.random ?? Math.random,
    socket: options.socket ?? socketIo,
    times: { ...CONNECTION_TIMES, ...options.times },
  };
}
