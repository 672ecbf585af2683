import { hasSsoAlone, isNarrow, PERMISSIONS, type Permission, type Role, WHOLE_WORKSPACE } from '@threadline/contracts';
import { type Reach, within } from '../../../data/roles';

/** What is ticked in the matrix and not saved yet, by role. */
export type Ticks = ReadonlyMap<string, ReadonlySet<Permission>>;

/** What a role gives, with what is not saved yet. */
export function ticked(role: Role, ticks: Ticks): ReadonlySet<Permission> {
  return ticks.get(role.id) ?? new Set(role.permissions);
}

/** The matrix after a click. A role that is as it was saved is not in it. */
export function toggled(role: Role, permission: Permission, ticks: Ticks): Ticks {
  const after = new Set(ticked(role, ticks));
  if (!after.delete(permission)) after.add(permission);
  const next = new Map(ticks);
  if (changes(role, after) === 0) next.delete(role.id);
  else next.set(role.id, after);
  return next;
}

/** In how many permissions it differs from what is saved. */
export function changes(role: Role, after: ReadonlySet<Permission>): number {
  const before = new Set(role.permissions);
  return PERMISSIONS.filter((permission) => before.has(permission) !== after.has(permission)).length;
}

/** The matrix without roles that are gone, and without ticks that somebody else has saved meanwhile. */
export function settled(roles: readonly Role[], ticks: Ticks): Ticks {
  const next = new Map(
    [...ticks].filter(([id, after]) => roles.some((role) => role.id === id && changes(role, after) > 0)),
  );
  return next.size === ticks.size ? ticks : next;
}

/** In the order of the list. */
export function listed(permissions: ReadonlySet<Permission>): Permission[] {
  return PERMISSIONS.filter((permission) => permissions.has(permission));
}

/** Why a whole role cannot be changed by this person; empty when it can. */
export function whyFixed(role: Role, reach: Reach): string {
  if (role.builtIn) return 'Built-in roles stay as they are.';
  if (!reach.permissions.includes('roles:write')) return 'Changing roles takes the right to do so.';
  return within(role, reach) ? '' : 'This role may do more than you, so you may not change it.';
}

/** Why one tick cannot be set or taken away, with those that are not saved yet; empty when it can. */
export function whyNot(role: Role, permission: Permission, reach: Reach, ticks: Ticks): string {
  const fixed = whyFixed(role, reach);
  if (fixed) return fixed;
  if (!reach.permissions.includes(permission)) return 'You cannot give what you do not have yourself.';
  if (hasSsoAlone(ticked(role, toggled(role, permission, ticks)))) {
    return permission === 'sso:write'
      ? 'Who sets up single sign-on can come in as anybody: give all other rights of an admin first.'
      : 'Single sign-on goes with all rights of an admin: take that away first.';
  }
  if (!WHOLE_WORKSPACE.includes(permission) || !isNarrow(role.scopes)) return '';
  return 'This concerns the whole workspace; this role does not reach all of it.';
}
