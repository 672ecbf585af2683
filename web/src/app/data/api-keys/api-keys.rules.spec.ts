import { describe, expect, it } from '@jest/globals';
import type { ApiKey } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { exampleCall, reduceApiKeys } from './api-keys.rules';

const key = (id: string): ApiKey => ({
  id,
  name: `Key ${id}`,
  prefix: 'tl_0Lk',
  permissions: ['leads:read'],
  createdBy: { id: 'u1', name: 'Ada' },
  createdAt: '2026-11-21T10:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  allowedNetworks: [],
  exposedAt: null,
  revokedAt: null,
});
const event = (type: string, data: object) =>
  ({ type, data, occurredAt: '2026-11-21T12:00:00.000Z' }) as unknown as EventOfStore<'activity'>;

describe('the list of API keys', () => {
  it('a new key comes first, and only once', () => {
    const created = event('api_key.created', { apiKey: key('b') });
    const after = reduceApiKeys([key('a')], created);
    expect(after.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(reduceApiKeys(after, created)).toBe(after);
  });

  it('a revoked and an exposed key say since when', () => {
    const keys = [key('a'), key('b')];
    const revoked = reduceApiKeys(keys, event('api_key.revoked', { apiKeyId: 'b', name: 'Key b' }));
    expect(revoked.map(({ revokedAt }) => revokedAt)).toEqual([null, '2026-11-21T12:00:00.000Z']);
    const exposed = reduceApiKeys(keys, event('api_key.exposed', { apiKeyId: 'a', name: 'Key a' }));
    expect(exposed[0]?.exposedAt).toBe('2026-11-21T12:00:00.000Z');
  });

  it('other events change nothing', () => {
    const keys = [key('a')];
    expect(reduceApiKeys(keys, event('lead.deleted', { leadId: 'x', name: 'X' }))).toBe(keys);
  });
});

describe('the example call', () => {
  it('is one the key may make', () => {
    expect(exampleCall('https://t.test', 'tl_x', ['messages:send', 'leads:read'])).toBe(
      'curl -H "Authorization: Bearer tl_x" "https://t.test/api/leads?limit=5"',
    );
    expect(exampleCall('https://t.test', 'tl_x', ['messages:send'])).toBeNull();
  });
});
