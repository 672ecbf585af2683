import type { ApiKey, Permission } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the keys after an event, the newest first. */
export function reduceApiKeys(keys: readonly ApiKey[], event: EventOfStore<'activity'>): readonly ApiKey[] {
  switch (event.type) {
    case 'api_key.created': {
      const { apiKey } = event.data;
      return keys.some(({ id }) => id === apiKey.id) ? keys : [apiKey, ...keys];
    }
    case 'api_key.revoked':
      return changed(keys, event.data.apiKeyId, { revokedAt: event.occurredAt });
    case 'api_key.exposed':
      return changed(keys, event.data.apiKeyId, { exposedAt: event.occurredAt });
    default:
      return keys;
  }
}

function changed(keys: readonly ApiKey[], keyId: string, change: Partial<ApiKey>): readonly ApiKey[] {
  return keys.map((key) => (key.id === keyId ? { ...key, ...change } : key));
}

const CALLS: [Permission, string][] = [
  ['leads:read', '/api/leads?limit=5'],
  ['conversations:read', '/api/conversations?limit=5'],
  ['drafts:read', '/api/drafts'],
  ['analytics:read', '/api/dashboard/stats'],
  ['events:read', '/api/events?after=0'],
  ['members:read', '/api/members'],
  ['workspace:read', '/api/workspace'],
];

/** A call that works with this key, to be pasted into a terminal; null where none of the simple ones does. */
export function exampleCall(origin: string, key: string, permissions: readonly Permission[]): string | null {
  const call = CALLS.find(([permission]) => permissions.includes(permission));
  return call ? `curl -H "Authorization: Bearer ${key}" "${origin}${call[1]}"` : null;
}
