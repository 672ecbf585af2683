import { describe, expect, it } from '@jest/globals';
import { type ApiKey, PERMISSIONS } from '@threadline/contracts';
import { expiryAfter, groupsOf, isLive, keyState, networksIn, permissionWords, readOnly, worded } from './key-words';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const key = (more: Partial<ApiKey>): ApiKey => ({
  id: 'k',
  name: 'Key',
  prefix: 'tl_0',
  permissions: ['leads:read'],
  createdBy: { id: 'u', name: 'Ada' },
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  allowedNetworks: [],
  exposedAt: null,
  revokedAt: null,
  ...more,
});

describe('what is said of API keys', () => {
  it.each([
    [key({}), null],
    [key({ revokedAt: '2026-11-20T00:00:00.000Z', exposedAt: '2026-11-19T00:00:00.000Z' }), 'revoked'],
    [key({ expiresAt: '2026-11-21T12:00:00.000Z' }), 'expired'],
    [key({ exposedAt: '2026-11-19T00:00:00.000Z', expiresAt: '2026-11-23T00:00:00.000Z' }), 'exposed'],
    [key({ expiresAt: '2026-11-27T00:00:00.000Z' }), 'expiring'],
    [key({ expiresAt: '2026-12-27T00:00:00.000Z' }), null],
  ])('its state', (each, state) => {
    expect(keyState(each, NOW)).toBe(state);
    expect(isLive(each, NOW)).toBe(state !== 'revoked' && state !== 'expired');
  });

  it('ends after so many days, or never', () => {
    expect(expiryAfter('30', NOW)).toBe('2026-12-21T12:00:00.000Z');
    expect(expiryAfter('', NOW)).toBeNull();
  });

  it('permissions are offered in words, and only those one holds', () => {
    expect(groupsOf(['leads:read', 'api_keys:read'])).toEqual([
      { name: 'Leads', permissions: [{ permission: 'leads:read', words: 'See leads' }] },
      { name: 'Workspace', permissions: [{ permission: 'api_keys:read', words: 'See API keys' }] },
    ]);
    expect(groupsOf(PERMISSIONS).flatMap(({ permissions }) => permissions)).toHaveLength(PERMISSIONS.length);
    expect(readOnly(['leads:read', 'leads:write', 'mailbox:use'])).toEqual(['leads:read']);
    expect(permissionWords(['leads:read', 'leads:write', 'messages:send', 'drafts:read'])).toBe(
      'See leads, Add and edit leads and 2 more',
    );
    expect(permissionWords(['leads:read'])).toBe('See leads');
    expect(worded(['api_keys:read', 'leads:write'])).toEqual([
      { permission: 'leads:write', words: 'Add and edit leads' },
      { permission: 'api_keys:read', words: 'See API keys' },
    ]);
  });

  it('networks are read one a line, or divided by commas', () => {
    expect(networksIn(' 192.0.2.0/24,\n2001:db8::/32 \n\n')).toEqual(['192.0.2.0/24', '2001:db8::/32']);
    expect(networksIn('')).toEqual([]);
  });
});
