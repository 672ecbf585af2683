import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Member,
  type Permission,
  type Problem,
  type Role,
  ROLE_PERMISSIONS,
  type ScimToken,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { oktaUser, type ScimProblem, TestDirectory } from './test-directory';

const KEEPING: Permission[] = ['sso:read', 'sso:write', 'members:read'];

/** A directory acts with what the maker of its token may do at that time. */
describe('a directory and who connected it', () => {
  let app: TestApp;
  let ada: Person;
  let roles: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
    const list = await ada.get<{ items: Role[] }>('/api/roles');
    roles = Object.fromEntries(list.body.items.map((role) => [role.builtIn ?? role.name, role.id]));
  });

  const address = () => `${randomBytes(6).toString('hex')}@example.com`;
  const members = async () => (await ada.get<{ items: Member[] }>('/api/members')).body.items;
  const memberOf = async ({ userId }: Person) => (await members()).find((member) => member.userId === userId);
  const giveRole = async (person: Person, roleId: string | undefined) => {
    const answer = await ada.patch(`/api/members/${(await memberOf(person))?.id}`, { roleId });
    if (answer.status !== 200) throw new Error(`Giving a role answered ${answer.status}`);
    app.clock.advance(3_001);
  };
  const group = (displayName: string, ...userIds: string[]) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
    members: userIds.map((value) => ({ value })),
  });
  const mapTo = (defaultRole: string, groupRoles: { group: string; role: string }[]) =>
    app.rows(
      `INSERT INTO sso_providers (workspace_id, id, name, preset, issuer, client_id, client_secret, default_role_id, domains,
                                  any_domain, group_roles, enabled, created_at, updated_at)
       VALUES ($1, $2, 'Entra', 'custom', 'https://issuer.test', 'x', 'x', $3, '{}', true, $4, true, now(), now())`,
      [
        ada.workspaceId,
        v7(),
        roles[defaultRole],
        JSON.stringify(groupRoles.map(({ group: name, role }) => ({ group: name, roleId: roles[role] }))),
      ],
    );
  /** A directory of somebody who was an admin when they connected it, and has the role of a keeper by now. */
  async function keepersDirectory(permissions = KEEPING) {
    const keeper = await app.colleagueOf(ada, 'admin');
    const directory = await TestDirectory.of(keeper);
    // Nobody makes such a role any more; a workspace may have one of before.
    await giveRole(keeper, (await app.roleOf(ada, { permissions })).id);
    return { keeper, directory };
  }

  it('takes everything that directories give, also by groups', async () => {
    const keeper = await app.colleagueOf(ada, { permissions: KEEPING });
    const connect = async (by = keeper) => {
      const { status, body } = await by.post<ScimToken & Problem>('/api/scim/tokens', { name: 'Mine' });
      return [status, body.code];
    };
    // Without a provider, whom a directory brings becomes an agent.
    expect(await connect()).toEqual([403, 'forbidden']);
    const manager = await app.colleagueOf(ada, { permissions: [...KEEPING, ...ROLE_PERMISSIONS.agent] });
    expect(await connect(manager)).toEqual([201, undefined]);
    await mapTo('agent', [{ group: 'Admins', role: 'admin' }]);
    expect(await connect(manager)).toEqual([403, 'forbidden']);
    expect(await connect(ada)).toEqual([201, undefined]);
  });

  it('gives nobody more than its maker has', async () => {
    const { keeper, directory } = await keepersDirectory();
    await mapTo('admin', [{ group: 'Admins', role: 'admin' }]);
    const admins = await directory.post<ScimProblem & { code: string }>('/Groups', group('Admins', keeper.userId));
    expect([admins.status, admins.body.code]).toEqual([403, 'forbidden']);
    expect((await memberOf(keeper))?.role).not.toBe('admin');
    const created = await directory.post('/Users', oktaUser(address()));
    expect(created.status).toBe(403);
    const owners = await TestDirectory.of(ada);
    const gone = (await owners.post('/Users', oktaUser(address()))).body.id;
    expect((await owners.patch(`/Users/${gone}`, { op: 'replace', value: { active: false } })).status).toBe(200);
    const back = await directory.patch(`/Users/${gone}`, { op: 'replace', value: { active: true } });
    expect(back.status).toBe(403);
  });

  it('does nothing to who may do more than its maker', async () => {
    const owners = await TestDirectory.of(ada);
    const chief = (await owners.post('/Users', oktaUser(address()))).body.id;
    await ada.patch(`/api/members/${(await members()).find(({ userId }) => userId === chief)?.id}`, {
      roleId: roles.admin,
    });
    const { directory } = await keepersDirectory([...KEEPING, ...ROLE_PERMISSIONS.agent]);
    expect((await directory.delete(`/Users/${chief}`)).status).toBe(403);
    const moved = await directory.put(`/Users/${chief}`, oktaUser(address()));
    expect(moved.status).toBe(403);
    expect((await members()).find(({ userId }) => userId === chief)?.role).toBe('admin');
    expect((await directory.post('/Users', oktaUser(address()))).status).toBe(201);
  });

  it('is shut out when its maker may no longer provision, and for good when they leave', async () => {
    const { keeper, directory } = await keepersDirectory();
    expect((await directory.get('/Users')).status).toBe(200);
    await giveRole(keeper, roles.manager);
    expect((await directory.get('/Users')).status).toBe(401);
    await giveRole(keeper, roles.admin);
    expect((await directory.get('/Users')).status).toBe(200);
    await ada.delete(`/api/members/${(await memberOf(keeper))?.id}`);
    app.clock.advance(3_001);
    expect((await directory.get('/Users')).status).toBe(401);
    await app.settle();
    expect((await ada.get<{ items: ScimToken[] }>('/api/scim/tokens')).body.items).toEqual([]);
  });
});
