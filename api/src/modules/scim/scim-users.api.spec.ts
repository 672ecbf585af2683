import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKey } from '@threadline/contracts';
import { type Answer, type Person, TestApp, tokenMailedTo, tokensPostedTo } from '../../../test';
import { entraUser, type ListAnswer, oktaUser, type Resource, type ScimProblem, TestDirectory } from './test-directory';

describe('users of a directory', () => {
  let app: TestApp;
  let ada: Person;
  let okta: TestDirectory;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    okta = await TestDirectory.of(ada);
  });
  afterAll(() => app.stop());

  const address = () => `${randomBytes(6).toString('hex')}@example.com`;
  const eventsOf = (userId: string) =>
    app.rows<{ type: string; actor_id: string }>(
      'SELECT type, actor_id FROM events WHERE workspace_id = $1 AND subject_id = $2 ORDER BY seq',
      [ada.workspaceId, userId],
    );
  const idOf = async (person: Person) => person.userId;

  it('Okta: looks, creates, reads, replaces', async () => {
    const email = address();
    const filter = encodeURIComponent(`userName eq "${email}"`);
    const none = await okta.get<ListAnswer>(`/Users?filter=${filter}&startIndex=1&count=100`);
    expect(none.status).toBe(200);
    expect(none.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(none.body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });

    const created = await okta.post('/Users', oktaUser(email));
    expect(created.status).toBe(201);
    expect(created.headers['location']).toBe(`${app.url}/scim/v2/Users/${created.body.id}`);
    expect(created.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: email,
      externalId: `00u${email}`,
      displayName: 'Grace Hopper',
      name: { givenName: 'Grace', familyName: 'Hopper' },
      emails: [{ value: email, primary: true }],
      active: true,
      groups: [],
      meta: { resourceType: 'User', location: `${app.url}/scim/v2/Users/${created.body.id}` },
    });
    expect(JSON.stringify(created.body)).not.toContain('not taken');

    const [row] = await app.rows<{ name: string; password_hash: string | null; role: string }>(
      `SELECT u.name, u.password_hash, r.built_in AS role FROM users u JOIN memberships m ON m.user_id = u.id
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id WHERE u.id = $1`,
      [created.body.id],
    );
    expect(row).toEqual({ name: 'Grace Hopper', password_hash: null, role: 'agent' });
    expect(await eventsOf(created.body.id)).toEqual([{ type: 'member.joined', actor_id: `scim:${okta.token.id}` }]);

    const found = await okta.get<ListAnswer>(`/Users?filter=${filter.toUpperCase().replace('EQ', 'eq')}`);
    expect(found.body.totalResults).toBe(1);
    const replaced = await okta.put(
      `/Users/${created.body.id}`,
      oktaUser(email, { displayName: 'Rear Admiral Hopper' }),
    );
    expect(replaced.body.displayName).toBe('Rear Admiral Hopper');
    expect((await okta.get(`/Users/${created.body.id}`)).body).toEqual(replaced.body);
    expect((await eventsOf(created.body.id)).map(({ type }) => type)).toEqual([
      'member.joined',
      'user.profile_changed',
    ]);
  });

  it('Entra: its shapes of create and patch, words for booleans and capitals for operations', async () => {
    const email = address();
    const { body: user } = await okta.post('/Users', entraUser(email));
    expect(user.externalId).toBe(email.split('@')[0]);
    const byExternal = await okta.get<ListAnswer>(
      `/Users?filter=${encodeURIComponent(`externalId eq "${email.split('@')[0]}"`)}`,
    );
    expect(byExternal.body.Resources.map(({ id }) => id)).toEqual([user.id]);

    const moved = `new.${email}`;
    const changed = await okta.patch(
      `/Users/${user.id}`,
      { op: 'Replace', path: 'displayName', value: 'J. Clarke' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: moved },
      { op: 'Replace', path: 'name.familyName', value: 'Murray' },
      { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'Hut 6' },
      { op: 'Add', path: 'nickName', value: 'Joanie' },
    );
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      displayName: 'J. Clarke',
      nickName: 'Joanie',
      name: { familyName: 'Murray', givenName: 'Joan' },
      emails: [{ value: moved }],
    });
    const noPath = await okta.patch(`/Users/${user.id}`, {
      op: 'replace',
      value: { 'name.givenName': 'Joan E.', displayName: 'Joan Clarke' },
    });
    expect(noPath.body).toMatchObject({ displayName: 'Joan Clarke', name: { givenName: 'Joan E.' } });

    const off = await okta.patch(`/Users/${user.id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect(off.body.active).toBe(false);
    const on = await okta.patch(`/Users/${user.id}`, { op: 'Add', path: 'active', value: 'True' });
    expect(on.body.active).toBe(true);
    expect((await eventsOf(user.id)).map(({ type }) => type)).toEqual([
      'member.joined',
      'user.profile_changed',
      'user.profile_changed',
      'member.removed',
      'member.joined',
    ]);
  });

  it('whom the directory takes out is out at once: requests and keys; and may come back without them', async () => {
    const ben = await app.colleagueOf(ada, 'admin');
    const key = (await ben.post<ApiKey & { key: string }>('/api/api-keys', { name: 'x', permissions: ['leads:read'] }))
      .body;
    const off = await okta.patch(`/Users/${await idOf(ben)}`, { op: 'replace', value: { active: false } });
    expect([off.status, off.body.active]).toEqual([200, false]);
    expect((await ben.get('/api/leads')).status).toBe(401);
    app.clock.advance(4_000);
    const program = TestDirectory.with(ada, key.key);
    expect((await program.get('/api/leads')).status).toBe(401);
    await app.settle();

    const on = await okta.patch(`/Users/${ben.userId}`, { op: 'replace', value: { active: true } });
    expect(on.body.active).toBe(true);
    app.clock.advance(4_000);
    expect((await ben.get('/api/leads')).status).toBe(401);
    expect((await program.get('/api/leads')).status).toBe(401);
    const again = await app.signIn(ben.session?.user.email ?? '');
    expect((await again.get('/api/leads')).status).toBe(200);
    const members = await ada.get<{ items: { userId: string; role: string }[] }>('/api/members');
    expect(members.body.items.find(({ userId }) => userId === ben.userId)?.role).toBe('admin');
  });

  it('DELETE takes somebody out and out of sight; creating them again brings the same person back', async () => {
    const email = address();
    const { body: user } = await okta.post('/Users', oktaUser(email));
    expect((await okta.delete(`/Users/${user.id}`)).status).toBe(204);
    const gone = await okta.get<ScimProblem>(`/Users/${user.id}`);
    expect(gone.status).toBe(404);
    expect(gone.body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' });
    expect((await okta.delete(`/Users/${user.id}`)).status).toBe(404);
    const again = await okta.post('/Users', oktaUser(email));
    expect([again.status, again.body.id]).toEqual([201, user.id]);
  });

  it('an address with an account elsewhere is answered like any other, and of that account nothing shows', async () => {
    const eve = await app.person('Eve');
    const email = eve.session?.user.email ?? '';
    const account = () => app.rows('SELECT name, email, password_hash FROM users WHERE id = $1', [eve.userId]);
    const before = await account();
    const made: { status: number; body: Resource; moved: Answer<Resource>; onto: Answer<Resource> }[] = [];
    for (const each of [email, address()]) {
      const { status, body } = await okta.post('/Users', oktaUser(each, { displayName: 'Renamed' }));
      const moved = await okta.put(
        `/Users/${body.id}`,
        oktaUser(each, { emails: [{ value: `new.${each}`, primary: true }] }),
      );
      const onto = await okta.patch(`/Users/${body.id}`, { op: 'replace', path: 'displayName', value: 'Again' });
      made.push({ status, body, moved, onto });
    }
    const shape = ({ status, body, moved, onto }: (typeof made)[number]) =>
      JSON.stringify([status, body, moved.status, moved.body, onto.status, onto.body])
        .replaceAll(body.id, 'id')
        .replaceAll(body.userName as string, 'name')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');
    expect(made.map(shape)[0]).toBe(made.map(shape)[1]);
    expect(made[0]?.body.id).not.toBe(eve.userId);
    expect(await account()).toEqual(before);
    await okta.delete(`/Users/${made[0]?.body.id ?? ''}`);
    expect((await eve.get('/api/leads')).status).toBe(200);
  });

  it('an address is corrected to one that has an account elsewhere like to any other', async () => {
    const eve = await app.person('Eve');
    for (const value of [eve.session?.user.email ?? '', address()]) {
      const { body: user } = await okta.post('/Users', oktaUser(address()));
      const moved = await okta.put(`/Users/${user.id}`, oktaUser(address(), { emails: [{ value, primary: true }] }));
      expect([moved.status, moved.body.emails]).toEqual([200, [{ value, primary: true, type: 'work' }]]);
    }
    expect((await app.signIn(eve.session?.user.email ?? '')).userId).toBe(eve.userId);
  });

  it('an account moves into the one of its person by a link, and is the directory’s to keep but not to change', async () => {
    const eve = await app.person('Eve');
    const email = eve.session?.user.email ?? '';
    const { body: user } = await okta.post('/Users', oktaUser(email));
    const token = await tokenMailedTo(app, eve, email);
    const answer = await app.stranger.post('/api/auth/confirm-address', { token });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'moved' } });
    await app.settle();
    expect((await okta.get(`/Users/${user.id}`)).status).toBe(404);
    const filter = encodeURIComponent(`userName eq "${email}"`);
    const found = await okta.get<ListAnswer>(`/Users?filter=${filter}`);
    expect(found.body.Resources).toMatchObject([{ id: eve.userId, externalId: `00u${email}`, active: true }]);
    await okta.put(`/Users/${eve.userId}`, oktaUser(email, { displayName: 'Renamed', emails: [{ value: address() }] }));
    const [row] = await app.rows('SELECT name, email FROM users WHERE id = $1', [eve.userId]);
    expect(row).toEqual({ name: 'Eve', email });
    await okta.patch(`/Users/${eve.userId}`, { op: 'replace', value: { active: false } });
    expect((await eve.get('/api/leads')).status).toBe(200);
  });

  it('an account is the directory’s to change until its person has confirmed the address', async () => {
    const email = address();
    const { body: user } = await okta.post('/Users', oktaUser(email));
    const named = async () => (await app.rows('SELECT name, email FROM users WHERE id = $1', [user.id]))[0];
    await okta.put(`/Users/${user.id}`, oktaUser(email, { displayName: 'Grace Murray' }));
    expect(await named()).toEqual({ name: 'Grace Murray', email });
    const [token = ''] = await tokensPostedTo(app, email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    const emails = [{ value: address(), primary: true }];
    const changed = await okta.put(`/Users/${user.id}`, oktaUser(email, { displayName: 'Grace Brewster', emails }));
    expect([changed.status, changed.body.displayName]).toEqual([200, 'Grace Brewster']);
    expect(await named()).toEqual({ name: 'Grace Murray', email });
  });

  it('what a directory does tells nothing of further workspaces of its people', async () => {
    const answers = [];
    for (const further of [true, false]) {
      const email = address();
      const { body: user } = await okta.post('/Users', oktaUser(email));
      const [token = ''] = await tokensPostedTo(app, email);
      expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
      if (further) {
        const zoe = await app.person('Zoe');
        await app.rows(
          `INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at)
           SELECT workspace_id, gen_random_uuid(), $2, id, now() FROM roles WHERE workspace_id = $1 AND built_in = 'agent'`,
          [zoe.workspaceId, user.id],
        );
      }
      const emails = [{ value: `new.${email}`, primary: true }];
      const { status, body } = await okta.put(`/Users/${user.id}`, oktaUser(email, { displayName: 'Renamed', emails }));
      const members = await ada.get<{ items: { userId: string; name: string; email: string }[] }>('/api/members');
      const { name, email: shown } = members.body.items.find(({ userId }) => userId === user.id) ?? {};
      const told = JSON.stringify([status, body, name, shown]).replaceAll(user.id, 'id').replaceAll(email, 'address');
      answers.push(told.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time'));
    }
    expect(answers[0]).toBe(answers[1]);
  });

  it('somebody who is switched off is renamed and moved like anybody, and comes back as that', async () => {
    const email = address();
    const { body: user } = await okta.post('/Users', oktaUser(email));
    const off = { active: false, emails: [{ value: `off.${email}`, primary: true }] };
    expect((await okta.put(`/Users/${user.id}`, oktaUser(email, off))).status).toBe(200);
    const emails = [{ value: `moved.${email}`, primary: true }];
    const moved = await okta.put(`/Users/${user.id}`, oktaUser(email, { active: false, displayName: 'Moved', emails }));
    expect([moved.status, moved.body.emails, moved.body.displayName]).toMatchObject([200, emails, 'Moved']);
    const back = await okta.patch(`/Users/${user.id}`, { op: 'replace', value: { active: true } });
    expect([back.status, back.body.active, back.body.emails]).toMatchObject([200, true, emails]);
  });

  it('owners are not taken out by a directory, and nothing of the request is done', async () => {
    for (const answer of [
      await okta.patch<ScimProblem>(`/Users/${ada.userId}`, { op: 'replace', value: { active: false } }),
      (await okta.delete(`/Users/${ada.userId}`)) as { status: number; body: ScimProblem },
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ status: '409', detail: expect.stringContaining('owner') });
    }
    expect((await ada.get('/api/leads')).status).toBe(200);
  });

  it('members who were never provisioned are there for the directory to find and take over', async () => {
    const ben = await app.colleagueOf(ada);
    const email = ben.session?.user.email ?? '';
    const found = await okta.get<ListAnswer>(`/Users?filter=${encodeURIComponent(`userName eq "${email}"`)}`);
    expect(found.body.Resources).toMatchObject([{ id: ben.userId, userName: email, active: true }]);
    const taken = await okta.post<ScimProblem>('/Users', oktaUser(email));
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
    const linked = await okta.put(`/Users/${ben.userId}`, oktaUser(email, { externalId: 'ext-1' }));
    expect(linked.body.externalId).toBe('ext-1');
    const [row] = await app.rows<{ name: string }>('SELECT name FROM users WHERE id = $1', [ben.userId]);
    expect(row?.name).toBe(ben.session?.user.name);
  });

  it('pages, filters and leaves out what is asked for', async () => {
    for (let i = 0; i < 3; i++) await okta.post('/Users', oktaUser(`page.${i}.${address()}`));
    const all = await okta.get<ListAnswer>('/Users');
    const some = await okta.get<ListAnswer>('/Users?startIndex=2&count=2');
    expect(some.body).toMatchObject({ totalResults: all.body.totalResults, startIndex: 2, itemsPerPage: 2 });
    expect(some.body.Resources).toEqual(all.body.Resources.slice(1, 3));
    expect((await okta.get<ListAnswer>('/Users?count=0')).body).toMatchObject({ Resources: [], itemsPerPage: 0 });
    const complex = await okta.get<ListAnswer>(
      `/Users?filter=${encodeURIComponent('userName sw "PAGE." and active eq true')}&attributes=userName`,
    );
    expect(complex.body.totalResults).toBe(3);
    expect(Object.keys(complex.body.Resources[0] ?? {}).sort()).toEqual(['id', 'schemas', 'userName']);
    const less = await okta.get<ListAnswer>('/Users?count=1&excludedAttributes=groups,emails');
    expect(less.body.Resources[0]).not.toHaveProperty('emails');
  });

  it.each([
    ['no userName', { displayName: 'x' }, 400, 'invalidValue'],
    ['no mail address anywhere', { userName: 'grace' }, 400, 'invalidValue'],
    ['emails that are no list', { userName: 'a@example.com', emails: 'a@example.com' }, 400, 'invalidValue'],
    ['a strange active', { userName: 'a@example.com', active: 'perhaps' }, 400, 'invalidValue'],
    ['a line break in a name', { userName: 'a@example.com', displayName: 'a\nb' }, 400, 'invalidValue'],
    ['a NUL in a name', { userName: 'a@example.com', name: { givenName: 'a\0' } }, 400, 'invalidValue'],
    ['half a character', { userName: 'a@example.com', title: '\ud800' }, 400, 'invalidValue'],
    ['a list', [], 400, 'invalidSyntax'],
    ['broken JSON', '{"userName":', 400, 'invalidSyntax'],
    ['a prototype', '{"__proto__":{"active":false},"userName":"a@example.com"}', 400, 'invalidSyntax'],
  ])('refuses %s in its own shape', async (_, body, status, scimType) => {
    const answer = await okta.post<ScimProblem>('/Users', body);
    expect(answer.body).toMatchObject({ status: String(status), scimType });
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/scim+json; charset=utf-8']);
  });

  it.each([
    ['no operations', [], 'invalidSyntax'],
    ['an unknown operation', [{ op: 'move', path: 'active' }], 'invalidPath'],
    ['a path into the prototype', [{ op: 'add', path: '__proto__.polluted', value: 'yes' }], 'invalidPath'],
    ['a constructor', [{ op: 'add', path: 'name.constructor.prototype.polluted', value: 'yes' }], 'invalidPath'],
    ['a dotted prototype', [{ op: 'add', value: { 'constructor.prototype.polluted': 'yes' } }], 'invalidPath'],
    ['removal of the name', [{ op: 'remove', path: 'userName' }], 'invalidValue'],
    ['a removal without a path', [{ op: 'remove' }], 'invalidPath'],
  ])('refuses a PATCH with %s', async (_, operations, scimType) => {
    const answer = await okta.patch<ScimProblem>(`/Users/${ada.userId}`, ...operations);
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it.each(['userName eq', '((((', 'x'.repeat(2_000), 'userName xx "y"'])('refuses the filter %s', async (filter) => {
    const answer = await okta.get<ScimProblem>(`/Users?filter=${encodeURIComponent(filter)}`);
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
  });

  it('an address outside the workspace’s domains is refused', async () => {
    await app.rows(
      `UPDATE workspaces SET policies = '{"allowedEmailDomains": ["acme.test"]}' WHERE workspace_id = $1`,
      [ada.workspaceId],
    );
    const refused = await okta.post<ScimProblem>('/Users', oktaUser(address()));
    const taken = await okta.post('/Users', oktaUser(`${randomBytes(4).toString('hex')}@ACME.test`));
    await app.rows(`UPDATE workspaces SET policies = '{}' WHERE workspace_id = $1`, [ada.workspaceId]);
    expect([refused.status, taken.status]).toEqual([403, 201]);
  });

  it('a user of another workspace is not there, in any call', async () => {
    const eve = await app.person('Eve');
    const theirs = await TestDirectory.of(eve);
    const { body: user } = await theirs.post('/Users', oktaUser(address()));
    const list = await okta.get<ListAnswer>('/Users');
    expect(list.body.Resources.map(({ id }: Resource) => id)).not.toContain(user.id);
    const filter = encodeURIComponent(`id eq "${user.id}"`);
    expect((await okta.get<ListAnswer>(`/Users?filter=${filter}`)).body.totalResults).toBe(0);
    const calls = await Promise.all([
      okta.get(`/Users/${user.id}`),
      okta.put(`/Users/${user.id}`, oktaUser(address())),
      okta.patch(`/Users/${user.id}`, { op: 'replace', value: { active: false } }),
      okta.delete(`/Users/${user.id}`),
      okta.get('/Users/not-an-id'),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await theirs.get(`/Users/${user.id}`)).body.active).toBe(true);
  });
});
