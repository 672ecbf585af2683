import { describe, expect, it } from '@jest/globals';
import {
  BUILT_IN_ROLES,
  EVERYTHING,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  type RoleScopes,
  SCOPES,
  WHOLE_WORKSPACE,
} from '@threadline/contracts';
import { beyond, beyondWords, givesTheSame, ordered, type Reach, shapeProblem } from './role.rules';

const OWN: RoleScopes = { leads: 'own', conversations: 'own' };
const reach = (permissions: readonly Permission[], scopes = EVERYTHING): Reach => ({
  permissions: new Set(permissions),
  scopes,
});

describe('the rules of roles', () => {
  it.each(BUILT_IN_ROLES)('%s may give what the role itself gives', (role) => {
    const permissions = ROLE_PERMISSIONS[role];
    expect(beyond({ permissions, scopes: EVERYTHING }, reach(permissions))).toBeNull();
  });

  it.each([
    ['manager', 'agent', true],
    ['manager', 'analyst', true],
    ['manager', 'manager', true],
    ['manager', 'admin', false],
    ['manager', 'auditor', false],
    ['agent', 'analyst', true],
    ['agent', 'manager', false],
    ['auditor', 'agent', false],
    ['admin', 'owner', true],
  ] as const)('whether the reach of %s covers %s: %s', (doer, role, covered) => {
    const shape = { permissions: ROLE_PERMISSIONS[role], scopes: EVERYTHING };
    expect(beyond(shape, reach(ROLE_PERMISSIONS[doer])) === null).toBe(covered);
  });

  it.each(PERMISSIONS)('%s is given by nobody who does not have it', (permission) => {
    const others = PERMISSIONS.filter((each) => each !== permission);
    expect(beyond({ permissions: [permission], scopes: OWN }, reach(others))).toEqual({
      permissions: [permission],
      scopes: [],
    });
  });

  it('a scope is given as far as one’s own, and no further', () => {
    for (const [given, mine] of SCOPES.flatMap((one) => SCOPES.map((other) => [one, other] as const))) {
      const lies = beyond({ permissions: [], scopes: { ...OWN, leads: given } }, reach([], { ...OWN, leads: mine }));
      expect({ given, mine, beyond: lies?.scopes ?? [] }).toEqual({
        given,
        mine,
        beyond: SCOPES.indexOf(given) > SCOPES.indexOf(mine) ? ['leads'] : [],
      });
    }
  });

  it.each([
    [['analytics:read'], EVERYTHING, false],
    [['leads:read'], OWN, false],
    [['analytics:read'], { ...EVERYTHING, leads: 'team' }, true],
    [['analytics:read'], { ...EVERYTHING, conversations: 'own' }, true],
    [['audit:read'], { ...EVERYTHING, leads: 'own' }, true],
    [['audit:write'], OWN, true],
    [['leads:read', 'webhooks:read'], { ...EVERYTHING, conversations: 'team' }, true],
    [['webhooks:write'], OWN, true],
    [['teams:write'], { ...EVERYTHING, leads: 'team' }, true],
    [['sso:write'], EVERYTHING, true],
    [['sso:write', 'settings:write', 'members:write'], EVERYTHING, true],
    [ROLE_PERMISSIONS.admin, EVERYTHING, false],
    [ROLE_PERMISSIONS.admin, { ...EVERYTHING, conversations: 'team' }, true],
    [['privacy:write'], OWN, true],
    [WHOLE_WORKSPACE.filter((each) => each !== 'sso:write'), EVERYTHING, false],
  ] as const)('%j with the scopes %j is refused: %s', (permissions, scopes, refused) => {
    expect(shapeProblem({ permissions, scopes }) !== null).toBe(refused);
  });

  it('permissions stand in the order of the list, each once', () => {
    expect(ordered(['leads:write', 'workspace:read', 'leads:write'])).toEqual(['workspace:read', 'leads:write']);
  });

  it('two roles give the same when neither order nor repetition tells them apart', () => {
    const one = { permissions: ['leads:read', 'leads:write'] as const, scopes: OWN };
    expect(givesTheSame(one, { permissions: ['leads:write', 'leads:read'], scopes: OWN })).toBe(true);
    expect(givesTheSame(one, { ...one, scopes: EVERYTHING })).toBe(false);
    expect(givesTheSame(one, { ...one, permissions: ['leads:read'] })).toBe(false);
  });

  it('what is missing is named', () => {
    expect(beyondWords({ permissions: ['leads:read'], scopes: ['leads'] })).toContain(
      'leads:read, leads of that scope',
    );
  });
});
