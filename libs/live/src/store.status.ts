import type { ConnectionStatus } from './connection.status';
import type { StoreStatus } from './store.types';
import type { Trouble } from './trouble';

interface StoreFacts {
  was: StoreStatus | null;
  now: Date;
  /** There is something to show. */
  loaded: boolean;
  /** Nothing is missing between the snapshot and the events. */
  whole: boolean;
  /** Events change the state; without them, only new snapshots and moments do. */
  followsLog: boolean;
  connection: ConnectionStatus | null;
  trouble: Trouble | null;
}

/** A store's status from its own condition and its connection's. */
export function storeStatus({ was, now, loaded, whole, followsLog, connection, trouble }: StoreFacts): StoreStatus {
  const status = (kind: StoreStatus['kind'], more: Partial<StoreStatus> = {}): StoreStatus => ({
    kind,
    since: was?.kind === kind ? was.since : now,
    missing: null,
    trouble,
    ...more,
  });
  if (!loaded) return status('loading');
  if (connection?.kind === 'stale') {
    return status('stale', { since: connection.since, trouble: trouble ?? connection.trouble });
  }
  if (trouble && !(whole && followsLog)) return status('stale');
  if (!whole || !connection) return status('catching up');
  switch (connection.kind) {
    case 'connecting':
      return status('catching up');
    case 'catching up':
      return status('catching up', { missing: connection.missing });
    case 'live':
      return status('live');
  }
}

/** Whether two statuses say the same. */
export function sameStatus(a: StoreStatus, b: StoreStatus): boolean {
  return (
    a.kind === b.kind && a.missing === b.missing && a.trouble === b.trouble && a.since.getTime() === b.since.getTime()
  );
}
