import type { Envelope, EventActor, NewEvent } from '@threadline/contracts';
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
  /** The same transaction as of another time, and by another actor: for history told afterwards (the demo workspace). */
  at(time: Date, by?: Actor): Tx;
  /** Runs after a successful commit, in this process only: for waking somebody, never for an effect that must happen. */
  afterCommit(wake: () => void): void;
}
