import { type ApiKey, type Permission, PERMISSION_GROUPS } from '@threadline/contracts';

const DAY = 86_400_000;

/** What has become of a key, for its badge; null for one that simply works. */
export type KeyState = 'revoked' | 'expired' | 'exposed' | 'expiring' | null;

/** @param now milliseconds */
export function keyState(key: ApiKey, now: number): KeyState {
  if (key.revokedAt) return 'revoked';
  const left = key.expiresAt ? Date.parse(key.expiresAt) - now : Infinity;
  if (left <= 0) return 'expired';
  if (key.exposedAt) return 'exposed';
  return left < 7 * DAY ? 'expiring' : null;
}

/** Whether a key still opens anything. */
export function isLive(key: ApiKey, now: number): boolean {
  const state = keyState(key, now);
  return state !== 'revoked' && state !== 'expired';
}

/** How long a key may live, in days; null: for ever. */
export const LIVES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: '', label: 'Never' },
] as const;

/** When a key ends that is made now; null for one that never does. */
export function expiryAfter(days: string, now: number): string | null {
  return days === '' ? null : new Date(now + Number(days) * DAY).toISOString();
}

/** Of what somebody holds, what only reads. */
export function readOnly(held: readonly Permission[]): Permission[] {
  return held.filter((permission) => permission.endsWith(':read'));
}

export interface PermissionGroup {
  name: string;
  permissions: { permission: Permission; words: string }[];
}

/** The permissions somebody holds, by what they are about, in words. */
export function groupsOf(held: readonly Permission[]): PermissionGroup[] {
  return PERMISSION_GROUPS.map(({ name, permissions }) => ({
    name,
    permissions: (Object.entries(permissions) as [Permission, string][])
      .filter(([permission]) => held.includes(permission))
      .map(([permission, words]) => ({ permission, words })),
  })).filter(({ permissions }) => permissions.length > 0);
}

/** `See leads, Add and edit leads and 3 more`. */
export function permissionWords(permissions: readonly Permission[], most = 2): string {
  const words = groupsOf(permissions).flatMap((group) => group.permissions.map((each) => each.words));
  const more = words.length - most;
  return more > 0 ? `${words.slice(0, most).join(', ')} and ${more} more` : words.join(', ');
}

/** Addresses and networks, one a line or divided by commas. */
export function networksIn(text: string): string[] {
  return text.split(/[\s,;]+/u).filter(Boolean);
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
