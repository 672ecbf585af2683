import {
  type Member,
  type Permission,
  PERMISSION_GROUPS,
  type Role,
  type RoleScopes,
  type Scope,
  SCOPES,
} from '@threadline/contracts';

/** What somebody may do, and how far. */
export interface Reach {
  role: string;
  permissions: readonly Permission[];
  scopes: RoleScopes;
}

const WORDS: ReadonlyMap<string, string> = new Map(
  PERMISSION_GROUPS.flatMap((group) => Object.entries(group.permissions)),
);

export const SCOPE_WORDS: Record<Scope, string> = {
  own: 'Own',
  team: 'Own and teams’',
  all: 'All',
};

/** A permission in words: `See leads`. */
export function permissionWords(permission: Permission): string {
  return WORDS.get(permission) ?? permission;
}

/** Whether a role gives nothing that this person does not have themselves. The API decides; this explains it before. */
export function within(role: Pick<Role, 'permissions' | 'scopes'>, reach: Reach): boolean {
  const held = new Set(reach.permissions);
  const { leads, conversations } = reach.scopes;
  return (
    role.permissions.every((permission) => held.has(permission)) &&
    !further(role.scopes.leads, leads) &&
    !further(role.scopes.conversations, conversations)
  );
}

export function further(one: Scope, other: Scope): boolean {
  return SCOPES.indexOf(one) > SCOPES.indexOf(other);
}

/** Why this person may not give that role; empty when they may. */
export function whyNotGiven(role: Role, reach: Reach): string {
  if (role.builtIn === 'owner' && reach.role !== 'owner') return 'Only an owner makes owners.';
  return within(role, reach) ? '' : 'This role may do more than you.';
}

/** Why this person may not touch that member; empty when they may. `role` is the member's. */
export function whyNotTouched(member: Member, role: Role | undefined, reach: Reach & { userId: string }): string {
  if (!reach.permissions.includes('members:write')) return 'Changing members takes the right to do so.';
  if (member.role === 'owner' && reach.role !== 'owner') return 'Only an owner changes owners.';
  if (member.userId === reach.userId || !role || within(role, reach)) return '';
  return `${member.name} may do more than you.`;
}
