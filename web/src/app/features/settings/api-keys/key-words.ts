import { type ApiKey, type Permission, PERMISSION_GROUPS } from '@threadline/contracts';

const DAY = 86_400_000;
/** So many permissions a line has room for. */
const SAID_AT_ONCE = 2;

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

/** A permission, and what it lets one do. Refusals name it by its code. */
export interface WordedPermission {
  permission: Permission;
  words: string;
}

export interface PermissionGroup {
  name: string;
  permissions: WordedPermission[];
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

/** The same without their groups. */
export function worded(permissions: readonly Permission[]): WordedPermission[] {
  return groupsOf(permissions).flatMap((group) => group.permissions);
}

/** `See leads, Add and edit leads and 3 more`. */
export function permissionWords(permissions: readonly Permission[]): string {
  const words = worded(permissions).map((each) => each.words);
  const more = words.length - SAID_AT_ONCE;
  return more > 0 ? `${words.slice(0, SAID_AT_ONCE).join(', ')} and ${more} more` : words.join(', ');
}

/** Addresses and networks, one a line or divided by commas. */
export function networksIn(text: string): string[] {
  return text.split(/[\s,;]+/u).filter(Boolean);
}
