import type { Trouble } from './trouble';

/** How fresh what the connection delivers is; `since` is when this began. */
export type ConnectionStatus =
  | { kind: 'connecting'; since: Date }
  | { kind: 'live'; since: Date; through: 'socket' | 'polling' }
  /** `missing`: events of the log that are still to come. */
  | { kind: 'catching up'; since: Date; missing: number }
  /** `since`: when it was last known to be up to date. */
  | { kind: 'stale'; since: Date; trouble: Trouble | null };

/**
 * The words of the freshness mark: `Live`, `Catching up 14`, `Stale since 14:02`.
 * @param time writes a time of day in the reader's way
 */
export function freshnessLabel(
  status: { kind: 'connecting' | 'loading' | 'live' | 'catching up' | 'stale'; since: Date; missing?: number | null },
  time: (at: Date) => string,
): string {
  switch (status.kind) {
    case 'connecting':
      return 'Connecting';
    case 'loading':
      return 'Loading';
    case 'live':
      return 'Live';
    case 'catching up':
      return status.missing ? `Catching up ${status.missing}` : 'Catching up';
    case 'stale':
      return `Stale since ${time(status.since)}`;
  }
}
