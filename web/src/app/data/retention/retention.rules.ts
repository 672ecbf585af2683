import type { AuditRetention, LegalHold } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import type { CutRecord } from './retention.api';

/** How long the log is kept, what holds it, and where it was cut. */
export interface RetentionState {
  retention: AuditRetention;
  /** Those that hold now first, then the newest. */
  holds: readonly LegalHold[];
  cuts: readonly CutRecord[];
}

/** Pure: the state after an event. */
export function reduceRetention(state: RetentionState, event: EventOfStore<'activity'>): RetentionState {
  switch (event.type) {
    case 'audit_retention.changed': {
      const { months } = event.data;
      return { ...state, retention: { months, updatedAt: event.occurredAt, updatedBy: event.actor.id } };
    }
    case 'legal_hold.placed':
    case 'legal_hold.released':
      return { ...state, holds: withHold(state.holds, event.data.hold) };
    default:
      return state;
  }
}

/** Pure: the list with this hold as it is now. */
export function withHold(holds: readonly LegalHold[], hold: LegalHold): readonly LegalHold[] {
  const others = holds.filter(({ id }) => id !== hold.id);
  return [...others, hold].sort(
    (one, other) =>
      Number(one.releasedAt !== null) - Number(other.releasedAt !== null) || other.placedAt.localeCompare(one.placedAt),
  );
}
