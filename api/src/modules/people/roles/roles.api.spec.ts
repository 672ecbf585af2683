import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Envelope,
  EVERYTHING,
  type Page,
  type Permission,
  type Problem,
  type Role,
  ROLE_PERMISSIONS,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../../test';

describe('roles', () => {
  let app: TestApp;
  let ada: Person;
  const last = async (person: Person) =>
    (
      await app.rows<Envelope & { about: string[] }>(
        'SELECT type, about, data FROM events WHERE workspace_id = $1 ORDER BY seq DESC LIMIT 1',
        [person.workspaceId],
      )
    )[0];
  const make = async (person: Person, permissions: Permission[], more: object = {}) =>
    (await person.post<Role>('/api/roles', { name: `Role ${v7()}`, permissions, ...more })).body;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('the built-in ones come first, with how many have them', async () => {
    const eve = await app.person('Eve');
    await app.colleagueOf(eve, 'agent');
    await make(eve, ['leads:read'], { name: 'Aardvark' });
    const { body } = await eve.get<Page<Role> & { asOf: number }>('/api/roles');
    expect(body.items.map(({ builtIn, name, members }) => [builtIn, name, members])).toEqual([
      ['owner', 'Owner', 1],
      ['admin', 'Admin', 0],
      ['manager', 'Manager', 0],
      ['agent', 'Agent', 1],
      ['analyst', 'Analyst', 0],
      ['auditor', 'Auditor', 0],
      [null, 'Aardvark', 0],
    ]);
    expect(body.items[3]?.permissions).toEqual(ROLE_PERMISSIONS.agent);
    expect(body).toMatchObject({ nextCursor: null, asOf: expect.any(Number) });
  });

  it('a role is made, with its row and its event', async () => {
    const scopes = { leads: 'own', conversations: 'team' };
    const answer = await ada.post<Role>('/api/roles', {
      name: '  Night shift ',
      description: 'After ten',
      permissions: ['leads:write', 'leads:read', 'leads:read'],
      scopes,
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      name: 'Night shift',
      description: 'After ten',
      builtIn: null,
      permissions: ['leads:read', 'leads:write'],
      scopes,
      members: 0,
    });
    const [row] = await app.rows('SELECT name, permissions, lead_scope, conversation_scope FROM roles WHERE id = $1', [
      answer.body.id,
    ]);
    expect(row).toMatchObject({ name: 'Night shift', lead_scope: 'own', conversation_scope: 'team' });
    expect(await last(ada)).toMatchObject({ type: 'role.created', data: { role: answer.body } });
  });

  it.each([
    ['no name', { permissions: [] }, 'name'],
    ['an unknown permission', { name: 'X', permissions: ['leads:fly'] }, 'permissions'],
    [
      'an unknown scope',
      { name: 'X', permissions: [], scopes: { leads: 'some', conversations: 'all' } },
      'scopes.leads',
    ],
    ['half a scope', { name: 'X', permissions: [], scopes: { leads: 'own' } }, 'scopes.conversations'],
    [
      'analytics with a narrow scope',
      { name: 'X', permissions: ['analytics:read'], scopes: { leads: 'own', conversations: 'all' } },
      'scopes',
    ],
    [
      'the audit log with a narrow scope',
      { name: 'X', permissions: ['audit:read'], scopes: { leads: 'team', conversations: 'team' } },
      'scopes',
    ],
    [
      'webhooks with a narrow scope',
      { name: 'X', permissions: ['webhooks:write'], scopes: { leads: 'all', conversations: 'own' } },
      'scopes',
    ],
    [
      'what data subjects asked for with a narrow scope',
      { name: 'X', permissions: ['privacy:write'], scopes: { leads: 'own', conversations: 'own' } },
      'scopes',
    ],
    [
      'who is in which team with a narrow scope',
      { name: 'X', permissions: ['teams:write'], scopes: { leads: 'team', conversations: 'team' } },
      'scopes',
    ],
    [
      'whose identity provider counts, without all other rights',
      { name: 'X', permissions: ['sso:read', 'sso:write', 'settings:write'] },
      'permissions',
    ],
  ])('%s is refused', async (_, body, path) => {
    const answer = await ada.post<Problem>('/api/roles', body);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, path]);
  });

  it('two roles cannot be called the same, in whatever case', async () => {
    await make(ada, [], { name: 'Éclair' });
    for (const name of ['éclair', 'OWNER']) {
      const answer = await ada.post<Problem>('/api/roles', { name, permissions: [] });
      expect([answer.status, answer.body.code]).toEqual([409, 'duplicate']);
    }
    const other = await make(ada, []);
    const renamed = await ada.patch<Problem>(`/api/roles/${other.id}`, { name: 'ÉCLAIR' });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'duplicate']);
  });

  it('a built-in role stays as it is', async () => {
    const { body } = await ada.get<Page<Role>>('/api/roles');
    for (const { id } of body.items.filter(({ builtIn }) => builtIn)) {
      const changed = await ada.patch<Problem>(`/api/roles/${id}`, { name: 'Boss' });
      const deleted = await ada.delete<Problem>(`/api/roles/${id}`);
      expect([changed.status, changed.body.code, deleted.status, deleted.body.code]).toEqual([
        ...[409, 'built_in_role'],
        ...[409, 'built_in_role'],
      ]);
    }
  });

  it('nobody makes, changes or deletes a role beyond their own', async () => {
    const narrow = { leads: 'team', conversations: 'team' } as const;
    const ben = await app.colleagueOf(ada, {
      permissions: ['members:read', 'roles:write', 'leads:read'],
      scopes: narrow,
    });
    const bigger = await make(ada, ['leads:read', 'leads:delete'], { scopes: narrow });
    const wider = await make(ada, ['leads:read']);
    const mine = await make(ben, ['leads:read'], { scopes: narrow });
    expect(mine.permissions).toEqual(['leads:read']);
    const refused = [
      await ben.post<Problem>('/api/roles', { name: v7(), permissions: ['leads:delete'], scopes: narrow }),
      await ben.post<Problem>('/api/roles', { name: v7(), permissions: ['leads:read'], scopes: EVERYTHING }),
      await ben.patch<Problem>(`/api/roles/${mine.id}`, { permissions: ['audit:read'] }),
      await ben.patch<Problem>(`/api/roles/${bigger.id}`, { permissions: ['leads:read'] }),
      await ben.patch<Problem>(`/api/roles/${wider.id}`, { scopes: narrow }),
      await ben.delete<Problem>(`/api/roles/${bigger.id}`),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [403, 'forbidden']));
    expect(refused[0]?.body.detail).toContain('leads:delete');
  });

  it('nobody widens the role they have; giving oneself less is felt at once', async () => {
    const role = await app.roleOf(ada, { permissions: ['members:read', 'roles:write', 'leads:read', 'leads:write'] });
    const ben = await app.colleagueOf(ada, 'agent');
    const member = (await ada.get<Page<{ id: string; userId: string }>>('/api/members')).body.items.find(
      ({ userId }) => userId === ben.userId,
    );
    expect((await ada.patch(`/api/members/${member?.id}`, { roleId: role.id })).status).toBe(200);
    const wider = await ben.patch<Problem>(`/api/roles/${role.id}`, { permissions: ['roles:write', 'leads:delete'] });
    expect(wider.status).toBe(403);
    const less = ['members:read', 'roles:write', 'leads:read'];
    expect((await ben.patch(`/api/roles/${role.id}`, { permissions: less })).status).toBe(200);
    expect((await ben.post('/api/leads', { name: 'Lin' })).status).toBe(403);
    expect((await ben.patch(`/api/roles/${role.id}`, { permissions: [...less, 'leads:write'] })).status).toBe(403);
  });

  it('what changes is said, to those who have the role when it gives something else', async () => {
    const { id, name } = await app.roleOf(ada, { permissions: ['leads:read'] });
    const role = await make(ada, ['leads:read']);
    const same = await ada.patch<Role>(`/api/roles/${role.id}`, { name: role.name, permissions: ['leads:read'] });
    expect(same.status).toBe(200);
    expect((await last(ada))?.type).toBe('role.created');

    const ben = await app.colleagueOf(ada, 'agent');
    await app.rows('UPDATE memberships SET role_id = $1 WHERE user_id = $2', [id, ben.userId]);
    await ada.patch(`/api/roles/${id}`, { name: `${name}!` });
    expect(await last(ada)).toMatchObject({ type: 'role.updated', about: [`role:${id}`] });
    const changed = await ada.patch<Role>(`/api/roles/${id}`, { permissions: ['leads:read', 'leads:write'] });
    expect(changed.body).toMatchObject({ name: `${name}!`, members: 1, permissions: ['leads:read', 'leads:write'] });
    expect(await last(ada)).toMatchObject({ type: 'role.updated', about: [`role:${id}`, `user:${ben.userId}`] });
  });

  it('a role that somebody has is kept; one that nobody has any longer goes', async () => {
    const ben = await app.colleagueOf(ada, { permissions: ['leads:read'] });
    const [row] = await app.rows<{ id: string; role_id: string }>(
      'SELECT id, role_id FROM memberships WHERE user_id = $1',
      [ben.userId],
    );
    const used = await ada.delete<Problem>(`/api/roles/${row?.role_id}`);
    expect([used.status, used.body.code]).toEqual([409, 'role_in_use']);
    expect((await ada.delete(`/api/members/${row?.id}`)).status).toBe(204);
    expect((await ada.delete(`/api/roles/${row?.role_id}`)).status).toBe(204);
    expect(await last(ada)).toMatchObject({ type: 'role.deleted', data: { roleId: row?.role_id } });
    expect((await ada.delete(`/api/roles/${row?.role_id}`)).status).toBe(404);
  });

  it('a role that is given while it is being deleted is either given or gone', async () => {
    for (let round = 0; round < 5; round += 1) {
      const role = await make(ada, ['leads:read']);
      const ben = await app.colleagueOf(ada, 'agent');
      const [row] = await app.rows<{ id: string }>('SELECT id FROM memberships WHERE user_id = $1', [ben.userId]);
      const [given, deleted] = await Promise.all([
        ada.patch(`/api/members/${row?.id}`, { roleId: role.id }),
        ada.delete(`/api/roles/${role.id}`),
      ]);
      expect([
        [200, 409],
        [400, 204],
      ]).toContainEqual([given.status, deleted.status]);
    }
  });
});
