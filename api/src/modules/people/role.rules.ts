import {
  hasSsoAlone,
  isNarrow,
  PERMISSIONS,
  type Permission,
  type RoleScopes,
  SCOPES,
  WHOLE_WORKSPACE,
} from '@threadline/contracts';

/** How far somebody reaches. */
export interface Reach {
  permissions: ReadonlySet<Permission>;
  scopes: RoleScopes;
}

/** What a role gives. */
export interface RoleShape {
  permissions: readonly Permission[];
  scopes: RoleScopes;
}

/** What of a role lies beyond somebody's reach. */
export interface Beyond {
  permissions: Permission[];
  scopes: (keyof RoleScopes)[];
}

/** What of the role lies beyond somebody: nobody gives, changes or takes away more than they have. Null when nothing. */
export function beyond(shape: RoleShape, reach: Reach): Beyond | null {
  const permissions = shape.permissions.filter((permission) => !reach.permissions.has(permission));
  const scopes = (['leads', 'conversations'] as const).filter((of) => further(shape.scopes, reach.scopes, of));
  return permissions.length > 0 || scopes.length > 0 ? { permissions, scopes } : null;
}

/** Why no role may be like that; null when it may. Some rights reach the whole workspace, whoever has them. */
export function shapeProblem({ permissions, scopes }: RoleShape): { path: string; message: string } | null {
  if (hasSsoAlone(new Set(permissions))) {
    return {
      path: 'permissions',
      message: 'sso:write goes with all other rights: who says which identity provider counts can come in as anybody',
    };
  }
  const whole = isNarrow(scopes) ? permissions.filter((permission) => WHOLE_WORKSPACE.includes(permission)) : [];
  if (whole.length === 0) return null;
  return {
    path: 'scopes',
    message: `a role with ${whole.join(', ')} reaches all leads and conversations: these rights concern the whole workspace`,
  };
}

/** Each permission once, in the order of the list. */
export function ordered(permissions: readonly Permission[]): Permission[] {
  return PERMISSIONS.filter((permission) => permissions.includes(permission));
}

/** Whether two roles give the same. */
export function givesTheSame(one: RoleShape, other: RoleShape): boolean {
  return (
    ordered(one.permissions).join() === ordered(other.permissions).join() &&
    one.scopes.leads === other.scopes.leads &&
    one.scopes.conversations === other.scopes.conversations
  );
}

/** For people: what lies beyond them. */
export function beyondWords({ permissions, scopes }: Beyond): string {
  const parts = [...permissions, ...scopes.map((of) => `${of} of that scope`)];
  return `This takes what you do not have yourself: ${parts.join(', ')}.`;
}

function further(one: RoleScopes, other: RoleScopes, of: keyof RoleScopes): boolean {
  return SCOPES.indexOf(one[of]) > SCOPES.indexOf(other[of]);
}
