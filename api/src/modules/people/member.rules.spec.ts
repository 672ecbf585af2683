import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_ROLES, type BuiltInRole, EVERYTHING, type Permission, ROLE_PERMISSIONS } from '@threadline/contracts';
import { type Doer, objectionToRemoval, objectionToRole } from './member.rules';

const of = (role: BuiltInRole) => ({
  permissions: ROLE_PERMISSIONS[role],
  scopes: EVERYTHING,
  owner: role === 'owner',
});
const doer = (role: BuiltInRole): Doer => ({
  ...of(role),
  permissions: new Set<Permission>(ROLE_PERMISSIONS[role]),
  userId: 'doer',
});
const target = (role: BuiltInRole, userId = 'target') => ({ ...of(role), userId });
const TRIPLES = BUILT_IN_ROLES.flatMap((one) =>
  BUILT_IN_ROLES.flatMap((from) => BUILT_IN_ROLES.map((to) => [one, from, to] as const)),
);
/** Whose permissions are all among whose. */
const covers: Record<BuiltInRole, readonly BuiltInRole[]> = {
  owner: BUILT_IN_ROLES,
  admin: ['admin', 'manager', 'agent', 'analyst', 'auditor'],
  manager: ['manager', 'agent', 'analyst'],
  agent: ['agent', 'analyst'],
  analyst: ['analyst'],
  auditor: ['auditor'],
};

describe('the rules of members', () => {
  it('a colleague’s role is changed by those who reach as far as both roles, owners by owners alone', () => {
    for (const [one, from, to] of TRIPLES) {
      const allowed = covers[one].includes(from) && covers[one].includes(to);
      const objection = objectionToRole(doer(one), target(from), of(to), 1);
      expect({ one, from, to, allowed: objection === null }).toEqual({ one, from, to, allowed });
    }
  });

  it('a colleague is removed by those who reach as far', () => {
    for (const [one, from] of TRIPLES) {
      expect({ one, from, allowed: objectionToRemoval(doer(one), target(from), 1) === null }).toEqual({
        one,
        from,
        allowed: covers[one].includes(from),
      });
    }
  });

  it('everybody may leave, and give themselves less', () => {
    for (const role of BUILT_IN_ROLES) {
      const oneself = { ...target(role), userId: 'doer' };
      expect({ role, objection: objectionToRemoval(doer(role), oneself, 1) }).toEqual({ role, objection: null });
    }
    expect(objectionToRole(doer('manager'), target('manager', 'doer'), of('agent'), 1)).toBeNull();
    expect(objectionToRole(doer('manager'), target('manager', 'doer'), of('admin'), 1)?.code).toBe('forbidden');
  });

  it('the last owner stays an owner', () => {
    const last = target('owner', 'doer');
    expect(objectionToRole(doer('owner'), last, of('admin'), 0)?.code).toBe('last_owner');
    expect(objectionToRemoval(doer('owner'), last, 0)?.code).toBe('last_owner');
    expect(objectionToRole(doer('owner'), last, of('owner'), 0)).toBeNull();
    expect(objectionToRemoval(doer('owner'), last, 1)).toBeNull();
  });

  it('what acts without a member touches no owner', () => {
    const directory: Doer = { ...doer('admin'), userId: null };
    expect(objectionToRemoval(directory, target('owner'), 3)?.code).toBe('forbidden');
    expect(objectionToRemoval(directory, target('admin'), 0)).toBeNull();
  });
});
