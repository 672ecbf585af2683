import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, PERMISSIONS, type Permission, type Role, ROLE_PERMISSIONS } from '@threadline/contracts';
import { changes, listed, settled, ticked, toggled, type Ticks, whyFixed, whyNot } from './role-matrix.rules';

const role = (over: Partial<Role> = {}): Role => ({
  id: 'r1',
  name: 'Night shift',
  description: '',
  builtIn: null,
  permissions: ['leads:read'],
  scopes: EVERYTHING,
  members: 0,
  ...over,
});
const admin = { role: 'admin', permissions: PERMISSIONS, scopes: EVERYTHING };
const none: Ticks = new Map();

describe('the matrix of roles', () => {
  it('a click ticks, another one takes it back and leaves nothing to save', () => {
    const once = toggled(role(), 'leads:write', none);
    expect(listed(ticked(role(), once))).toEqual(['leads:read', 'leads:write']);
    expect(changes(role(), ticked(role(), once))).toBe(1);
    expect(toggled(role(), 'leads:write', once).size).toBe(0);
  });

  it('taking away is a change too', () => {
    const ticks = toggled(role(), 'leads:read', none);
    expect(listed(ticked(role(), ticks))).toEqual([]);
    expect(changes(role(), ticked(role(), ticks))).toBe(1);
  });

  it('what a colleague saved or deleted meanwhile is no longer to be saved', () => {
    const ticks = toggled(role(), 'leads:write', none);
    expect(settled([role()], ticks)).toBe(ticks);
    expect(settled([role({ permissions: ['leads:read', 'leads:write'] })], ticks).size).toBe(0);
    expect(settled([], ticks).size).toBe(0);
  });

  it.each<[string, Role, Permission, Partial<typeof admin>, RegExp]>([
    ['a built-in role', role({ builtIn: 'agent' }), 'leads:read', {}, /Built-in/u],
    ['without the right', role(), 'leads:read', { permissions: ['leads:read'] as never }, /right/u],
    [
      'a role beyond one’s own',
      role({ permissions: ['audit:read'] }),
      'leads:read',
      { permissions: ['roles:write', 'leads:read'] as never },
      /more than you/u,
    ],
    [
      'what one does not have',
      role({ permissions: [] }),
      'audit:read',
      { permissions: ['roles:write'] as never },
      /do not have/u,
    ],
    [
      'analytics for who reaches a part',
      role({ scopes: { leads: 'own', conversations: 'all' } }),
      'analytics:read',
      {},
      /whole workspace/u,
    ],
    [
      'the audit log for who reaches a part',
      role({ scopes: { leads: 'all', conversations: 'team' } }),
      'audit:read',
      {},
      /whole workspace/u,
    ],
  ])('%s cannot be ticked, and it says why', (_, one, permission, me, why) => {
    expect(whyNot(one, permission, { ...admin, ...me }, none)).toMatch(why);
  });

  it('single sign-on goes with all other rights of an admin, whichever was ticked first', () => {
    const all = ROLE_PERMISSIONS.admin.filter((permission) => permission !== 'sso:write');
    const nearly = role({ permissions: all.filter((permission) => permission !== 'leads:read') });
    expect(whyNot(nearly, 'sso:write', admin, none)).toMatch(/other rights/u);
    const ticks = toggled(nearly, 'leads:read', none);
    expect(whyNot(nearly, 'sso:write', admin, ticks)).toBe('');
    expect(whyNot(nearly, 'leads:read', admin, toggled(nearly, 'sso:write', ticks))).toMatch(/first/u);
  });

  it('anything else can', () => {
    expect(PERMISSIONS.filter((permission) => whyNot(role(), permission, admin, none) !== '')).toEqual(['sso:write']);
    expect(whyFixed(role(), admin)).toBe('');
  });
});
