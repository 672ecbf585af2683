import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, ScimToken, Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { type ListAnswer, oktaUser, type ScimProblem, TestDirectory } from './test-directory';

describe('groups of a directory, and its tokens', () => {
  let app: TestApp;
  let ada: Person;
  let entra: TestDirectory;
  let counter = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    entra = await TestDirectory.of(ada, 'Entra');
  });
  afterAll(() => app.stop());

  const user = async () => (await entra.post('/Users', oktaUser(`g${++counter}.${v7()}@example.com`))).body.id;
  const group = async (displayName: string, ...members: string[]) =>
    (
      await entra.post('/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName,
        externalId: `ext-${displayName}`,
        members: members.map((value) => ({ value })),
      })
    ).body;
  const membersOf = async (id: string) => {
    const { body } = await entra.get(`/Groups/${id}`);
    return (body.members as { value: string }[]).map(({ value }) => value).sort();
  };
  const teamEvents = (id: string) =>
    app.rows<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [id]);

  it('a group is a team: made, found, renamed and deleted', async () => {
    const [grace, joan] = [await user(), await user()];
    const sales = await group('Sales', grace);
    expect(sales).toMatchObject({
      displayName: 'Sales',
      externalId: 'ext-Sales',
      members: [{ value: grace, display: 'Grace Hopper', $ref: `${app.url}/scim/v2/Users/${grace}` }],
      meta: { resourceType: 'Group', location: `${app.url}/scim/v2/Groups/${sales.id}` },
    });
    const teams = await ada.get<{ items: Team[] }>('/api/teams');
    expect(teams.body.items).toMatchObject([{ id: sales.id, name: 'Sales', memberIds: [grace] }]);
    const filter = encodeURIComponent('displayName eq "sales"');
    const found = await entra.get<ListAnswer>(`/Groups?excludedAttributes=members&filter=${filter}`);
    expect(found.body.Resources.map(({ id }) => id)).toEqual([sales.id]);
    expect(found.body.Resources[0]).not.toHaveProperty('members');

    const renamed = await entra.put(`/Groups/${sales.id}`, {
      displayName: 'Field sales',
      externalId: 'ext-Sales',
      members: [{ value: joan }],
    });
    expect(renamed.body).toMatchObject({ displayName: 'Field sales', members: [{ value: joan }] });
    expect((await entra.delete(`/Groups/${sales.id}`)).status).toBe(204);
    expect((await entra.get(`/Groups/${sales.id}`)).status).toBe(404);
    expect((await teamEvents(sales.id)).map(({ type }) => type)).toEqual([
      'team.created',
      'team.updated',
      'team.deleted',
    ]);
  });

  it('members come and go by PATCH, as Okta and as Entra write it', async () => {
    const [a, b, c] = [await user(), await user(), await user()];
    const { id } = await group('Support', a);
    const shapes: [object, string[]][] = [
      [{ op: 'add', path: 'members', value: [{ value: b, display: 'B' }] }, [a, b]],
      [{ op: 'Add', path: 'members', value: [{ $ref: null, value: c }] }, [a, b, c]],
      [{ op: 'Add', path: 'members', value: [{ value: c }] }, [a, b, c]],
      [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: b }] }, [a, c]],
      [{ op: 'remove', path: `members[value eq "${c}"]` }, [a]],
      [{ op: 'replace', path: 'members', value: [{ value: b }, { value: c }] }, [b, c]],
      [{ op: 'replace', value: { id, displayName: 'Support II', members: [{ value: a, display: 'A' }] } }, [a]],
      [{ op: 'remove', path: 'members' }, []],
      [{ op: 'add', value: { members: [{ value: b }] } }, [b]],
    ];
    for (const [operation, members] of shapes) {
      const answer = await entra.patch(`/Groups/${id}`, operation);
      expect({ operation, status: answer.status }).toEqual({ operation, status: 200 });
      expect({ operation, members: await membersOf(id) }).toEqual({ operation, members: [...members].sort() });
    }
    expect((await entra.get(`/Groups/${id}`)).body.displayName).toBe('Support II');
    const [user2] = (await entra.get<ListAnswer>(`/Users?filter=${encodeURIComponent(`id eq "${b}"`)}`)).body.Resources;
    expect(user2?.groups).toMatchObject([{ value: id, display: 'Support II' }]);
  });

  it('refuses a second group of a name, members that are not there, and strangers', async () => {
    await group('Legal');
    const twice = await entra.post<ScimProblem>('/Groups', { displayName: 'LEGAL' });
    expect([twice.status, twice.body.scimType]).toEqual([409, 'uniqueness']);
    const eve = await app.person('Eve');
    for (const value of [v7(), 'somebody', eve.userId]) {
      const answer = await entra.post<ScimProblem>('/Groups', { displayName: 'Odd', members: [{ value }] });
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    }
  });

  it('who was deactivated is in no group, and is not put into one', async () => {
    const a = await user();
    const { id } = await group('Leavers', a);
    await entra.patch(`/Users/${a}`, { op: 'replace', value: { active: false } });
    expect(await membersOf(id)).toEqual([]);
    const answer = await entra.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: a }] });
    expect(answer.status).toBe(200);
    expect(await membersOf(id)).toEqual([]);
  });

  it('groups give the roles that the identity provider maps them to, never the owner’s', async () => {
    const roles = await app.rows<{ id: string; built_in: string }>(
      'SELECT id, built_in FROM roles WHERE workspace_id = $1',
      [ada.workspaceId],
    );
    const role = (word: string) => roles.find(({ built_in: builtIn }) => builtIn === word)?.id ?? '';
    await app.rows(
      `INSERT INTO sso_providers (workspace_id, id, name, preset, issuer, client_id, client_secret, default_role_id, domains,
                                  any_domain, group_roles, enabled, created_at, updated_at)
       VALUES ($1, $2, 'Entra', 'custom', 'https://issuer.test', 'x', 'x', $3, '{}', true, $4, true, now(), now())`,
      [
        ada.workspaceId,
        v7(),
        role('analyst'),
        JSON.stringify([
          { group: 'Leads of sales', roleId: role('manager') },
          { group: 'Bosses', roleId: role('owner') },
        ]),
      ],
    );
    const roleOf = async (id: string) => {
      const { body } = await ada.get<{ items: { userId: string; role: string }[] }>('/api/members');
      return body.items.find(({ userId }) => userId === id)?.role;
    };
    const a = await user();
    expect(await roleOf(a)).toBe('analyst');
    const managers = await group('Leads of sales', a);
    expect(await roleOf(a)).toBe('manager');
    const bosses = await group('Bosses', a);
    expect(await roleOf(a)).toBe('manager');
    await entra.patch(`/Groups/${managers.id}`, { op: 'remove', path: 'members' });
    expect(await roleOf(a)).not.toBe('owner');
    await entra.delete(`/Groups/${bosses.id}`);
    expect(await roleOf(a)).toBe('analyst');
    await app.rows('DELETE FROM sso_providers WHERE workspace_id = $1', [ada.workspaceId]);
  });

  it('says what it offers', async () => {
    const config = await entra.get('/ServiceProviderConfig');
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true },
    });
    const types = await entra.get<ListAnswer>('/ResourceTypes');
    expect(types.body.Resources.map(({ id }) => id)).toEqual(['User', 'Group']);
    for (const { id } of (await entra.get<ListAnswer>('/Schemas')).body.Resources) {
      expect((await entra.get(`/Schemas/${id}`)).body.id).toBe(id);
    }
    expect((await entra.get('/ResourceTypes/Bot')).status).toBe(404);
  });

  it('a token is shown once and kept as a hash; it provisions and does nothing else', async () => {
    expect(entra.token.token).toMatch(/^tlscim_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/);
    const list = await ada.get<{ items: ScimToken[]; baseUrl: string }>('/api/scim/tokens');
    expect(list.body.baseUrl).toBe(`${app.url}/scim/v2`);
    expect(list.body.items).toMatchObject([
      { name: 'Entra', createdBy: { id: ada.userId }, prefix: entra.token.token.slice(0, 19) },
    ]);
    expect(JSON.stringify(list.body)).not.toContain(entra.token.token.split('_')[2]);
    const events = await app.rows<{ data: object }>(`SELECT data FROM events WHERE type = 'scim_token.created'`);
    expect(JSON.stringify(events)).not.toContain(entra.token.token.split('_')[2]);
    const refused = await Promise.all([
      entra.caller.get<Problem>('/api/leads'),
      entra.caller.get<Problem>('/api/members'),
      entra.caller.get<Problem>('/api/auth/me'),
      entra.caller.get<Problem>('/api/scim/tokens'),
      ada.get<ScimProblem>('/scim/v2/Users'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  it('only who sets up single sign-on makes tokens, and revoking one shuts the directory out on every node', async () => {
    const agent = await app.colleagueOf(ada, 'agent');
    expect((await agent.get('/api/scim/tokens')).status).toBe(403);
    expect((await agent.post('/api/scim/tokens', { name: 'x' })).status).toBe(403);
    const eve = await app.person('Eve');
    const other = await TestApp.start({ sharing: app });
    try {
      const { caller, token } = await TestDirectory.of(ada, 'Second');
      const there = TestDirectory.with(ada, token.token);
      Object.assign(there, { url: `http://127.0.0.1:${other.config.port}` });
      expect((await there.get('/scim/v2/Users')).status).toBe(200);
      await other.settle();
      const noted = (await ada.get<{ items: ScimToken[] }>('/api/scim/tokens')).body.items[0];
      expect(noted?.lastUsedAt).not.toBeNull();
      expect((await eve.delete(`/api/scim/tokens/${token.id}`)).status).toBe(404);
      expect((await agent.delete(`/api/scim/tokens/${token.id}`)).status).toBe(403);
      expect((await ada.delete(`/api/scim/tokens/${token.id}`)).status).toBe(204);
      const shut = await caller.get<ScimProblem>('/scim/v2/Users');
      expect([shut.status, shut.body.status]).toEqual([401, '401']);
      app.clock.advance(4_000);
      expect((await there.get('/scim/v2/Users')).status).toBe(401);
      expect((await ada.delete(`/api/scim/tokens/${token.id}`)).status).toBe(404);
    } finally {
      await other.stop();
    }
  });

  it('its media type is taken on its own routes alone', async () => {
    const headers = { 'content-type': 'application/scim+json' };
    const elsewhere = await ada.post<Problem>('/api/leads', JSON.stringify({ name: 'x' }), headers);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([415, 'unsupported_media_type']);
    const asJson = await entra.caller.post('/scim/v2/Groups', { displayName: 'By plain JSON' });
    expect(asJson.status).toBe(201);
  });
});
