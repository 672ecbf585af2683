import { BUILT_IN_ROLES, type Role } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the roles after an event. */
export function reduceRoles(roles: readonly Role[], event: EventOfStore<'activity'>): readonly Role[] {
  switch (event.type) {
    case 'role.created':
    case 'role.updated':
      return withRole(roles, event.data.role);
    case 'role.deleted': {
      const { roleId } = event.data;
      return roles.some(({ id }) => id === roleId) ? roles.filter(({ id }) => id !== roleId) : roles;
    }
    default:
      return roles;
  }
}

/** Pure: the roles with one of them as it is now; built-in ones first, then by name. */
export function withRole(roles: readonly Role[], role: Role): readonly Role[] {
  const others = roles.filter(({ id }) => id !== role.id);
  return [...others, role].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function rank({ builtIn }: Role): number {
  return builtIn ? BUILT_IN_ROLES.indexOf(builtIn) : BUILT_IN_ROLES.length;
}
