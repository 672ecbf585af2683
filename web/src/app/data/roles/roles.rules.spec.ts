import { describe, expect, it } from '@jest/globals';
import {
  type BuiltInRole,
  EVERYTHING,
  type Member,
  type Permission,
  PERMISSIONS,
  type Role,
  ROLE_PERMISSIONS,
} from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { permissionWords, whyNotGiven, whyNotTouched, within } from './reach.rules';
import { reduceRoles } from './roles.rules';

const role = (name: string, part: Partial<Role> = {}): Role => ({
  id: name,
  name,
  description: '',
  builtIn: null,
  permissions: ['leads:read'],
  scopes: EVERYTHING,
  members: 0,
  ...part,
});
const builtIn = (word: BuiltInRole): Role => role(word, { builtIn: word, permissions: [...ROLE_PERMISSIONS[word]] });
const event = (type: string, data: object) => ({ type, data }) as unknown as EventOfStore<'activity'>;
const names = (roles: readonly Role[]) => roles.map(({ name }) => name);

describe('the roles of a workspace', () => {
  const roles = [builtIn('owner'), builtIn('auditor'), role('Night')];

  it('a new one stands behind the built-in ones, by name', () => {
    expect(names(reduceRoles(roles, event('role.created', { role: role('Day') })))).toEqual([
      ...['owner', 'auditor'],
      ...['Day', 'Night'],
    ]);
  });

  it('a change shows, and a deleted one is gone', () => {
    const permissions: Permission[] = ['leads:read', 'leads:write'];
    const after = reduceRoles(roles, event('role.updated', { role: role('Night', { permissions }) }));
    expect(after[2]?.permissions).toEqual(permissions);
    expect(names(reduceRoles(roles, event('role.deleted', { roleId: 'Night' })))).toEqual(['owner', 'auditor']);
    expect(reduceRoles(roles, event('role.deleted', { roleId: 'Gone' }))).toBe(roles);
    expect(reduceRoles(roles, event('lead.created', {}))).toBe(roles);
  });
});

describe('how far one reaches', () => {
  const me = (word: BuiltInRole) => ({
    role: word,
    permissions: ROLE_PERMISSIONS[word],
    scopes: EVERYTHING,
    userId: 'me',
  });
  const member = (word: BuiltInRole, userId = 'other') => ({ userId, name: 'Cy', role: word }) as Member;

  it('a narrower scope is within a wider one, and not the other way round', () => {
    const own = { leads: 'own', conversations: 'own' } as const;
    expect(within(role('Night', { scopes: own }), me('agent'))).toBe(true);
    expect(within(role('Night'), { ...me('agent'), scopes: own })).toBe(false);
  });

  it.each<[BuiltInRole, BuiltInRole, RegExp]>([
    ['owner', 'owner', /^$/u],
    ['admin', 'owner', /Only an owner/u],
    ['admin', 'auditor', /^$/u],
    ['manager', 'admin', /more than you/u],
    ['manager', 'agent', /^$/u],
  ])('%s gives the role %s: %s', (mine, given, why) => {
    expect(whyNotGiven(builtIn(given), me(mine))).toMatch(why);
  });

  it('members are changed by those who may, and who reach as far', () => {
    expect(whyNotTouched(member('agent'), builtIn('agent'), me('agent'))).toMatch(/right/u);
    expect(whyNotTouched(member('agent'), builtIn('agent'), me('manager'))).toBe('');
    expect(whyNotTouched(member('admin'), builtIn('admin'), me('manager'))).toMatch(/more than you/u);
    expect(whyNotTouched(member('owner'), builtIn('owner'), me('admin'))).toMatch(/Only an owner/u);
    expect(whyNotTouched(member('owner', 'me'), builtIn('owner'), me('owner'))).toBe('');
  });

  it('every permission has words', () => {
    expect(PERMISSIONS.filter((permission) => permissionWords(permission) === permission)).toEqual([]);
  });
});
