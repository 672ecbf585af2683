import type { AuditChange, AuditOutcome, Envelope, EventActor, NewEvent, Ref } from '@threadline/contracts';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../access';

/** A transaction that reads one workspace. */
export interface ReadTx {
  readonly actor: Actor;
  readonly workspaceId: string;
  /** For loading and saving entities. */
  readonly manager: EntityManager;
  /** Parameterised SQL; answers the rows. */
  query<R extends object>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
}

/** What the audit log has to keep of an act that is no event: a denial, a failure, a read that matters. */
export interface Note {
  /** `noun.verb_in_past`; its version is added. */
  action: string;
  outcome: AuditOutcome;
  targets: readonly Ref[];
  changes?: readonly AuditChange[];
  reason?: string;
}

/** A transaction that changes one workspace. */
export interface Tx extends ReadTx {
  /** The time of everything in this unit of work. */
  readonly now: Date;
  /**
   * Says what happened. Events are written as the last statement before COMMIT, in the order they were appended;
   * there is no state without its event and no event without its state. The answer's `seq` is 0 until then.
   * `as` names another doer than the actor: a batch of hits is taken in by the system, but opened by contacts.
   */
  append(event: NewEvent, as?: EventActor): Envelope;
  /** Leaves an entry in the audit log, as every appended event does by itself. */
  note(note: Note): void;
  /** The same transaction as of another time, and by another actor: for history told afterwards (the demo workspace). */
  at(time: Date, by?: Actor): Tx;
  /** Runs after a successful commit, in this process only: for waking somebody, never for an effect that must happen. */
  afterCommit(wake: () => void): void;
}
