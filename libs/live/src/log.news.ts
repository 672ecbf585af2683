import type { Envelope, EnvelopeOfService, LogService } from '@threadline/contracts';
import type { Observable } from 'rxjs';
import type { ConnectionStatus } from './connection.status';

/**
 * What a reader of the log hears.
 * `joined`: everything after `seq` follows from here on; what came before this is void.
 * `events`: new ones in order, nothing between them left out; `seq` is the place reached.
 * `reset`: what was missed cannot be given, or this is another log; take a new snapshot. Everything after `seq` follows.
 */
export type LogNews<E extends Envelope = Envelope> =
  | { kind: 'joined'; seq: number }
  | { kind: 'events'; seq: number; events: E[] }
  | { kind: 'reset'; seq: number; epoch: string | null };

/** Where a snapshot stands. */
export interface SnapshotPosition {
  /** The position of the log that it contains. */
  asOf: number;
  /** The log that this position counts in, when the server tells. */
  epoch?: string;
}

/** What a LiveStore reads from; LiveConnection is one. */
export interface LogSource {
  /**
   * The events of some services: in order within a service, each once, without holes. Events of different services
   * come in order of arrival.
   * @param snapshots$ where the reader's snapshots stand: it needs everything after the latest, nothing before it
   * @throws LiveRefusal when the server does not allow one of the services
   */
  log<S extends LogService>(
    services: readonly S[],
    snapshots$?: Observable<SnapshotPosition>,
  ): Observable<LogNews<EnvelopeOfService<S> & Envelope>>;
  readonly status$: Observable<ConnectionStatus>;
}
