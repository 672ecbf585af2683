import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role, SignedIn } from '@threadline/contracts';
import { cookieOf, PASSWORD, Person, routesOf, TestApp, tokenMailedTo, tokensPostedTo } from '../../../test';
import { type ListAnswer, oktaUser, type Resource, TestDirectory } from './test-directory';

/** Bob came by the directory of one workspace, went on in another, and has a new name and a new address there. */
describe('somebody who left a workspace', () => {
  let app: TestApp;
  let ada: Person;
  let okta: TestDirectory;
  let bob: Bob;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    okta = await TestDirectory.of(ada);
    bob = await leaver();
  });
  afterAll(() => app?.stop());

  interface Bob {
    id: string;
    old: string;
    now: string;
    name: string;
    /** Where he is now. */
    elsewhere: Person;
    /** What still bears his name where he was. */
    made: Record<'invitations' | 'api-keys' | 'audit/views' | 'audit/exports' | 'webhooks', string>;
  }

  const address = () => `${randomBytes(6).toString('hex')}@example.com`;
  const created = async (person: Person, path: string, body: object) => {
    const answer = await person.post<{ id: string }>(`/api/${path}`, body);
    expect([path, answer.body]).toEqual([path, expect.objectContaining({ id: expect.any(String) })]);
    return answer.body.id;
  };
  const found = async (filter: string) =>
    (await okta.get<ListAnswer>(`/Users?filter=${encodeURIComponent(filter)}`)).body.Resources.map(({ id }) => id);
  const active = (id: string, value: boolean) =>
    okta.patch(`/Users/${id}`, { op: 'replace', value: { active: value } });

  async function leaver(): Promise<Bob> {
    const [old, now] = [address(), `new.${address()}`];
    const name = `Zebedee ${randomBytes(4).toString('hex')}`;
    const { body: user } = await okta.post('/Users', oktaUser(old));
    const [proof = ''] = await tokensPostedTo(app, old);
    expect((await app.stranger.post('/api/auth/confirm-address', { token: proof })).status).toBe(200);
    await app.stranger.post('/api/auth/forgot-password', { email: old });
    const [token = ''] = await tokensPostedTo(app, old);
    expect((await app.stranger.post('/api/auth/reset-password', { token, password: PASSWORD })).status).toBeLessThan(
      300,
    );
    await app.rows(
      `UPDATE memberships m SET role_id = r.id FROM roles r
        WHERE r.workspace_id = m.workspace_id AND r.built_in = 'admin' AND m.user_id = $1`,
      [user.id],
    );
    const here = await app.signIn(old);
    const roles = await here.get<{ items: Role[] }>('/api/roles');
    const roleId = roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id;
    const made = {
      invitations: await created(here, 'invitations', { email: address(), roleId }),
      'api-keys': await created(here, 'api-keys', { name: 'Key', permissions: ['leads:read'] }),
      'audit/views': await created(here, 'audit/views', { name: 'View', filters: {}, shared: true }),
      'audit/exports': await created(here, 'audit/exports', { format: 'jsonl' }),
      webhooks: await created(here, 'webhooks', { url: 'https://8.8.8.8/hook', eventTypes: [], enabled: false }),
    };
    const carol = await app.person('Carol');
    await app.rows(
      `INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at)
       SELECT workspace_id, gen_random_uuid(), $2, id, now() FROM roles WHERE workspace_id = $1 AND built_in = 'agent'`,
      [carol.workspaceId, user.id],
    );
    const there = await here.post<SignedIn>(`/api/workspaces/${carol.workspaceId}/switch`);
    const elsewhere = new Person(app.url, there.body, cookieOf(there));
    expect((await active(user.id, false)).body).toMatchObject({ active: false });
    expect((await elsewhere.patch('/api/user/profile', { name })).status).toBe(200);
    expect((await elsewhere.post('/api/user/email', { email: now, password: PASSWORD })).status).toBe(202);
    const change = await tokenMailedTo(app, elsewhere, now);
    expect((await app.stranger.post('/api/auth/confirm-email', { token: change })).status).toBe(204);
    await app.settle();
    return { id: user.id, old, now, name, elsewhere, made };
  }

  it('is shown to the directory as they left, and found by that alone', async () => {
    const shown = await okta.get(`/Users/${bob.id}`);
    expect(shown.body).toMatchObject({
      userName: bob.old,
      displayName: 'Grace Hopper',
      emails: [{ value: bob.old }],
      active: false,
    });
    for (const attribute of ['emails.value', 'emails', 'userName']) {
      expect(await found(`${attribute} eq "${bob.old}"`)).toEqual([bob.id]);
      expect(await found(`${attribute} eq "${bob.now}"`)).toEqual(await found(`${attribute} eq "${address()}"`));
    }
    expect(await found(`emails.value co "${bob.now.slice(0, 10)}"`)).toEqual([]);
    expect(await found(`displayName eq "${bob.name}"`)).toEqual([]);
  });

  it('has no new name or address in anything that the workspace reads', async () => {
    const paths = routesOf(app)
      .filter(({ method, path }) => method === 'GET' && !path.includes(':') && path.startsWith('/api/'))
      .map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(30);
    const single = Object.entries(bob.made).map(([path, id]) => `/api/${path}/${id}`);
    let answered = 0;
    for (const path of [...paths, ...single, `/api/audit?userId=${bob.id}`]) {
      const { status, body } = await ada.get(path);
      if (status === 200) answered++;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      expect([path, text.includes(bob.now), text.includes(bob.name)]).toEqual([path, false, false]);
    }
    expect(answered).toBeGreaterThan(20);
    // His name of before stands where a name stood.
    for (const [path, id] of Object.entries(bob.made)) {
      const { items } = (await ada.get<{ items: { id: string }[] }>(`/api/${path}`)).body;
      expect([path, JSON.stringify(items.find((each) => each.id === id))]).toEqual([
        path,
        expect.stringContaining('Grace Hopper'),
      ]);
    }
    for (const path of ['/Users', '/Groups']) {
      const text = JSON.stringify((await okta.get(path)).body);
      expect([text.includes(bob.now), text.includes(bob.name)]).toEqual([false, false]);
    }
  });

  it('is found in the audit log by the words of before alone', async () => {
    const search = async (q: string) =>
      (await ada.get<{ items: object[] }>(`/api/audit?q=${encodeURIComponent(q)}`)).body.items;
    const subjects = JSON.stringify(await search(bob.old));
    expect(subjects).toContain(bob.id);
    expect(await search(bob.now)).toEqual(await search(address()));
    expect(await search(bob.name)).toEqual(await search('Nobody ffffffff'));
  });

  it('does not come back by the directory with the address of now, which that would show', async () => {
    const back = await active(bob.id, true);
    expect(back.status).toBe(403);
    expect(JSON.stringify(back.body)).not.toContain(bob.now);
    expect((await okta.get(`/Users/${bob.id}`)).body).toMatchObject({ active: false });
  });

  it('is nobody in particular to who guesses at the address of now, once the directory has deleted them', async () => {
    const gone = await leaver();
    expect((await okta.delete(`/Users/${gone.id}`)).status).toBe(204);
    const told = async (email: string) => {
      const { status, body } = await okta.post<Resource>('/Users', oktaUser(email));
      expect(body.id).not.toBe(gone.id);
      const text = JSON.stringify({ status, body }).replaceAll(body.id, 'id').replaceAll(email, 'address');
      return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');
    };
    const stranger = await told(address());
    expect(await told(gone.now)).toBe(stranger);
    // Nor is the address they left with any way to bring the account in that has another one now.
    expect(await told(gone.old)).toBe(stranger);
    expect(await gone.elsewhere.get('/api/auth/me')).toMatchObject({ body: { user: { email: gone.now } } });
  });

  it('who kept the address comes back, and is known by the name of now', async () => {
    const old = address();
    const { body: user } = await okta.post('/Users', oktaUser(old));
    await active(user.id, false);
    const left = () =>
      app.rows('SELECT left_email, left_name FROM memberships WHERE workspace_id = $1 AND user_id = $2', [
        ada.workspaceId,
        user.id,
      ]);
    expect(await left()).toEqual([{ left_email: old, left_name: 'Grace Hopper' }]);
    // Still nobody's own: the directory names them.
    const named = await okta.put(`/Users/${user.id}`, oktaUser(old, { displayName: 'Grace Murray', active: false }));
    expect([named.body.displayName, (await left())[0]]).toEqual([
      'Grace Murray',
      { left_email: old, left_name: 'Grace Murray' },
    ]);
    await app.rows(`UPDATE users SET name = 'Grace Brewster' WHERE id = $1`, [user.id]);
    await okta.delete(`/Users/${user.id}`);
    const again = await okta.post('/Users', oktaUser(old));
    expect([again.status, again.body.id]).toEqual([201, user.id]);
    expect(await left()).toEqual([{ left_email: null, left_name: null }]);
    const members = await ada.get<{ items: { userId: string; name: string }[] }>('/api/members');
    expect(members.body.items.find(({ userId }) => userId === user.id)?.name).toBe('Grace Brewster');
  });
});
