import type { Envelope, EnvelopeOfService, LogService } from '@threadline/contracts';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import type { LogSource, SnapshotPosition } from './log.news';
import type { Trouble } from './trouble';

/** A state and the position of the log that it contains. */
export interface Snapshot<T> extends SnapshotPosition {
  state: T;
}

/**
 * How fresh a store's state is.
 * `loading`: nothing to show yet. `live`: everything up to now. `catching up`: `missing` events are still to come
 * (null: not known how many), or a new snapshot is being taken. `stale`: as of `since`; nothing new comes in.
 */
export interface StoreStatus {
  kind: 'loading' | 'live' | 'catching up' | 'stale';
  since: Date;
  missing: number | null;
  /** What went wrong last and has not been made good since. */
  trouble: Trouble | null;
}

/** The events that a store of these services reduces. */
export type EventOfStore<S extends LogService> = EnvelopeOfService<S> & Envelope;

export interface LiveStoreOptions<T, S extends LogService> {
  source: LogSource;
  /** The services whose events change the state; none when only `moments$` do. */
  services: readonly S[];
  /** Reads the state; the first value counts. Taken again after a reset, a hole, a failure, or on `refresh$`. */
  snapshot: () => ObservableInput<Snapshot<T>>;
  /** Pure. Answers the same object when the event changes nothing. */
  reduce: (state: T, event: EventOfStore<S>) => T;
  /** Pure changes by what is not in the log. One that came during a snapshot is applied again after it. */
  moments$?: Observable<(state: T) => T>;
  /** When to take a new snapshot though nothing is known to be missing. */
  refresh$?: Observable<unknown>;
  scheduler?: SchedulerLike;
  /** From 0 to 1, for the jitter of the back-off. */
  random?: () => number;
  /** Milliseconds the store goes on after its last subscriber has left, so that coming back is instant. */
  linger?: number;
}

export interface PendingOptions<T, E> {
  /** Which event confirms it; by default the one about the thing with this id, or with this id itself. */
  confirmedBy?: (event: E) => boolean;
  /** Whether a new snapshot contains it already. */
  foundIn?: (state: T) => boolean;
}

/** An own change that did not come about, and was taken back. */
export interface Refused {
  id: string;
  trouble: Trouble;
}
