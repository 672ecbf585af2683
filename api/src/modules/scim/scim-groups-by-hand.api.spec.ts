import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Invitation, Member, Problem, ScimToken } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokenMailedTo } from '../../../test';
import { oktaUser, TestDirectory } from './test-directory';

/** Who may change teams puts people into those that a directory's groups are; the roles of groups are not theirs to give. */
describe('a team that a directory maps to a role', () => {
  let app: TestApp;
  let ada: Person;
  let manager: Person;
  let okta: TestDirectory;
  let admins: string;
  let admin: string;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true });
    ada = await app.person('Ada');
    manager = await app.colleagueOf(ada, 'manager');
    okta = await TestDirectory.of(ada);
    await app.rows(
      `INSERT INTO sso_providers (workspace_id, id, name, preset, issuer, client_id, client_secret, default_role_id, domains,
                                  any_domain, group_roles, enabled, created_at, updated_at)
       SELECT $1, $2, 'Okta', 'custom', 'https://issuer.test', 'x', 'x', d.id, '{}', true,
              json_build_array(json_build_object('group', 'IT-Admins', 'roleId', a.id)), true, now(), now()
         FROM roles d, roles a
        WHERE d.workspace_id = $1 AND a.workspace_id = $1 AND d.built_in = 'agent' AND a.built_in = 'admin'`,
      [ada.workspaceId, v7()],
    );
    admin = await user();
    const { body } = await okta.post('/Groups', { displayName: 'IT-Admins', members: [{ value: admin }] });
    admins = body.id;
    expect(await roleOf(admin)).toBe('admin');
  });
  afterAll(() => app?.stop());

  const user = async () => (await okta.post('/Users', oktaUser(`${v7()}@example.com`))).body.id;
  const members = async () => (await ada.get<{ items: Member[] }>('/api/members')).body.items;
  const roleOf = async (userId: string) => (await members()).find((member) => member.userId === userId)?.role;
  const inTeam = async () =>
    (await members()).filter(({ teamIds }) => teamIds.includes(admins)).map((one) => one.userId);
  const everydayWork = async () => {
    const another = await user();
    const operations = (op: string) => ({ op, path: 'members', value: [{ value: another }] });
    for (const op of ['add', 'remove']) {
      expect((await okta.patch(`/Groups/${admins}`, operations(op))).status).toBe(200);
    }
  };

  it('gives its role to nobody who was put into it by hand, nor invited into it', async () => {
    const mine = await manager.patch(`/api/teams/${admins}`, { memberIds: [admin, manager.userId] });
    expect(mine.status).toBe(200);
    const roles = await manager.get<{ items: { id: string; builtIn: string }[] }>('/api/roles');
    const email = `${v7()}@example.com`;
    const invited = await manager.post<Invitation>('/api/invitations', {
      email,
      roleId: roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id,
      teamIds: [admins],
    });
    expect(invited.status).toBe(201);
    const token = await tokenMailedTo(app, manager, email);
    const accepted = await app.stranger.post<{ user: { id: string } }>('/api/invitations/accept', {
      token,
      name: 'Eve',
      password: PASSWORD,
    });
    expect(accepted.status).toBe(201);
    await everydayWork();
    expect(await roleOf(manager.userId)).toBe('manager');
    expect(await roleOf(accepted.body.user.id)).toBe('agent');
    expect(await roleOf(admin)).toBe('admin');
    // The team is what both have made of it.
    expect((await inTeam()).sort()).toEqual([admin, manager.userId, accepted.body.user.id].sort());
    const { body } = await okta.get(`/Groups/${admins}`);
    expect(body.members).toMatchObject([{ value: admin }]);
  });

  it('takes its role from nobody who was taken out of it by hand, whatever it is called then', async () => {
    expect((await manager.patch(`/api/teams/${admins}`, { name: 'Renamed', memberIds: [] })).status).toBe(200);
    await everydayWork();
    expect(await roleOf(admin)).toBe('admin');
    expect((await okta.get(`/Groups/${admins}`)).body.displayName).toBe('IT-Admins');
    expect(await inTeam()).toEqual([admin]);
  });

  it('gives its role no more to who was taken away by the directory and came back by hand', async () => {
    const { body: group } = await okta.get<{ members: { value: string }[] }>(`/Groups/${admins}`);
    expect(group.members.map(({ value }) => value)).toEqual([admin]);
    const email = `${v7()}@example.com`;
    const roles = await ada.get<{ items: { id: string; builtIn: string }[] }>('/api/roles');
    const invite = async () => {
      const roleId = roles.body.items.find(({ builtIn }) => builtIn === 'analyst')?.id;
      expect((await ada.post('/api/invitations', { email, roleId })).status).toBe(201);
      return tokenMailedTo(app, ada, email);
    };
    const accept = (token: string, more: object = {}) =>
      app.stranger.post<{ user: { id: string } }>('/api/invitations/accept', { token, password: PASSWORD, ...more });
    const { id } = (await accept(await invite(), { name: 'Mia' })).body.user;
    await okta.patch(`/Groups/${admins}`, { op: 'add', path: 'members', value: [{ value: id }] });
    expect(await roleOf(id)).toBe('admin');
    expect((await okta.delete(`/Users/${id}`)).status).toBe(204);
    // Nobody who was taken out of their only workspace is locked out by that.
    const again = await accept(await invite());
    expect([again.status, again.body.user.id]).toEqual([201, id]);
    await everydayWork();
    expect(await roleOf(id)).toBe('analyst');
    expect((await okta.get<{ members: { value: string }[] }>(`/Groups/${admins}`)).body.members).toHaveLength(1);
  });

  it('is deleted by the directory alone, as long as there is one', async () => {
    const refused = await manager.delete<Problem>(`/api/teams/${admins}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const { body } = await ada.get<{ items: ScimToken[] }>('/api/scim/tokens');
    for (const { id } of body.items) expect((await ada.delete(`/api/scim/tokens/${id}`)).status).toBe(204);
    expect((await manager.delete(`/api/teams/${admins}`)).status).toBe(204);
    expect(await roleOf(admin)).toBe('admin');
  });
});
