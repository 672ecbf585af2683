import type { ApiKey } from '@threadline/contracts';
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
