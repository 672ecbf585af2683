import { DiscoveryService } from '@nestjs/core';
import type { Envelope, EventType } from '@threadline/contracts';
import type { Tx } from './tx';

/**
 * Marks a class as a reaction: what follows from events, with a cursor of its own per workspace. `name` is the
 * cursor's and never changes.
 */
export const Reaction = DiscoveryService.createDecorator<string>();

/** What a reaction is. Its effects and its cursor commit together: a row effect happens once, and can be replayed. */
export interface ReactsTo {
  /** The events it wants; others are stepped over. */
  readonly handles: readonly EventType[];
  /**
   * One or more events in order. Nothing but the database may be waited for. `again` commits what was done so far and
   * brings the same events once more: for work that is too much for one transaction.
   */
  apply(tx: Tx, events: Envelope[]): Promise<void | 'again'>;
}
