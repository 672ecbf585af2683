import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, Problem, SignedIn, UserSettings } from '@threadline/contracts';
import { SignJWT, UnsecuredJWT } from 'jose';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, type Person, TestApp } from '../../../test';
import { Keys } from '../../platform/config';
import { SessionDirectory } from './session-directory';

describe('signing in', () => {
  let app: TestApp;
  let ada: Person;

  const register = (body: object) =>
    app.stranger.post<SignedIn & Pick<Problem, 'code' | 'errors'>>('/api/auth/register', body);
  const refresh = (cookie: string, headers: Record<string, string> = {}) =>
    app.stranger.post<{ accessToken: string } & Pick<Problem, 'code'>>('/api/auth/refresh', undefined, {
      cookie,
      ...headers,
    });
  const me = (token: string) => app.stranger.get<Me>('/api/auth/me', { authorization: `Bearer ${token}` });
  const newcomer = () => ({
    email: `${v7()}@example.com`,
    password: PASSWORD,
    name: 'Ada',
    workspaceName: 'Analytical Engines',
  });
  const cookie = (answer: Answer) => cookieOf(answer) ?? '';

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('registering makes a workspace, its owner, a session and their events', async () => {
    const body = newcomer();
    const answer = await register(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      expiresIn: 600,
      user: { email: body.email, name: 'Ada' },
      workspace: { name: 'Analytical Engines', demo: false },
    });
    const whoami = await me(answer.body.accessToken);
    expect(whoami.body).toMatchObject({ role: 'owner', workspace: { id: answer.body.workspace.id } });
    const events = await app.rows<{ type: string }>('SELECT type FROM events WHERE workspace_id = $1 ORDER BY seq', [
      answer.body.workspace.id,
    ]);
    expect(events.map(({ type }) => type)).toEqual(['workspace.created', 'member.joined', 'session.started']);
    const set = [answer.headers['set-cookie']].flat().join();
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
  });

  it('an address that has an account is registered like any other: a new account, a workspace of its own', async () => {
    const first = newcomer();
    const second = { ...newcomer(), email: first.email.toUpperCase(), password: 'another horse battery staple' };
    const [one, other] = [await register(first), await register(second)];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body.user.id).not.toBe(one.body.user.id);
    expect(other.body.workspace.id).not.toBe(one.body.workspace.id);
    expect(Object.keys(other.body).sort()).toEqual(Object.keys(one.body).sort());
    expect((await app.signIn(first.email, first.password)).workspaceId).toBe(one.body.workspace.id);
    expect((await app.signIn(first.email, second.password)).workspaceId).toBe(other.body.workspace.id);
  });

  it.each([
    ['a short password', { password: 'fourteen chars' }, 'password'],
    ['a password of 257 characters', { password: 'x'.repeat(257) }, 'password'],
    ['a password with a NUL', { password: `${PASSWORD}\0` }, 'password'],
    ['a password that is no text', { password: [PASSWORD] }, 'password'],
    ['an address that is none', { email: 'ada' }, 'email'],
    ['a name of two lines', { name: 'Ada\nowner' }, 'name'],
    ['an empty workspace name', { workspaceName: '  ' }, 'workspaceName'],
    ['a role of one’s own choosing', { role: 'owner' }, 'role'],
  ])('%s is refused by name', async (_, change, path) => {
    const answer = await register({ ...newcomer(), ...change });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
    expect(answer.body.errors?.map((error) => error.path)).toContain(path);
  });

  it('a password is taken exactly as typed', async () => {
    for (const password of ['😀🦊🌍🎈🍋🚲🎻🐙🧭🌵🪁🦉🍉⛵🔭', `  ${PASSWORD}  `, 'pa\u0308sswort mit umlaut']) {
      const body = { ...newcomer(), password };
      expect((await register(body)).status).toBe(201);
      expect((await app.signIn(body.email, password)).token).toBeTruthy();
      const trimmed = await app.stranger.post('/api/auth/login', {
        email: body.email,
        password: `${password.trim()} `,
      });
      expect(trimmed.status).toBe(401);
    }
  });

  it('an unknown address and a wrong password get the same answer', async () => {
    const login = (email: string) =>
      app.stranger.post<Problem>(
        '/api/auth/login',
        { email, password: 'wrong wrong wrong' },
        { 'x-request-id': 'the-same-id' },
      );
    const [known, unknown] = [await login(ada.session?.user.email ?? ''), await login('nobody@example.com')];
    expect([known.status, known.body]).toEqual([401, unknown.body]);
  });

  it('a refresh token is exchanged; two tabs at once get the same successor', async () => {
    const first = cookie(await register(newcomer()));
    const [one, two] = await Promise.all([refresh(first), refresh(first)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(cookie(one)).toBe(cookie(two));
    expect(cookie(one)).not.toBe(first);
  });

  it('a used refresh token after the grace ends the whole session', async () => {
    const answer = await register(newcomer());
    const stolen = cookie(answer);
    const successor = cookie(await refresh(stolen));
    app.clock.advance(11_000);
    expect((await refresh(stolen)).body.code).toBe('session_ended');
    expect((await refresh(successor)).status).toBe(401);
    expect((await me(answer.body.accessToken)).status).toBe(401);
  });

  it('within the grace only the direct predecessor is answered', async () => {
    const first = cookie(await register(newcomer()));
    const second = cookie(await refresh(first));
    await refresh(second);
    expect((await refresh(first)).status).toBe(401);
  });

  it('signing out ends the session on every request at once', async () => {
    const answer = await register(newcomer());
    const done = await app.stranger.post('/api/auth/logout', undefined, { cookie: cookie(answer) });
    expect(done.status).toBe(204);
    expect((await me(answer.body.accessToken)).status).toBe(401);
    expect((await refresh(cookie(answer))).status).toBe(401);
    const again = await app.stranger.post('/api/auth/logout', undefined, { cookie: cookie(answer) });
    expect(again.status).toBe(204);
  });

  it('a session unused for a week, or older than thirty days, is over', async () => {
    const answer = await register(newcomer());
    app.clock.advance(7 * 86_400_000 + 1_000);
    expect((await refresh(cookie(answer))).status).toBe(401);
    app.clock.advance(-7 * 86_400_000 - 1_000);
  });

  it('another site’s page cannot use the cookie', async () => {
    const { body, ...answer } = await register(newcomer());
    expect(body.accessToken).toBeTruthy();
    const crossSite: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'same-site', origin: 'https://evil.test' },
    ];
    for (const headers of crossSite) {
      const refused = await refresh(cookie({ ...answer, body }), headers);
      expect([refused.status, refused.body.code]).toEqual([403, 'cross_site']);
    }
  });

  it('only tokens of this installation, of the right kind and age, are good', async () => {
    const key = app.get(Keys).derive('access-tokens');
    const claims = { ws: ada.workspaceId, sid: v7() };
    const sign = (change: (jwt: SignJWT) => SignJWT, typ = 'threadline-access+jwt') =>
      change(
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ })
          .setSubject(ada.userId)
          .setIssuer(app.url)
          .setAudience('threadline-api')
          .setIssuedAt()
          .setExpirationTime('5m'),
      ).sign(key);
    const forged = [
      new UnsecuredJWT(claims)
        .setSubject(ada.userId)
        .setIssuer(app.url)
        .setAudience('threadline-api')
        .setExpirationTime('5m')
        .encode(),
      await sign((jwt) => jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 61)),
      await sign((jwt) => jwt.setNotBefore(Math.floor(Date.now() / 1000) + 61)),
      await sign((jwt) => jwt.setIssuer('https://other.example')),
      await sign((jwt) => jwt.setAudience('other')),
      await sign((jwt) => jwt, 'JWT'),
      `${ada.token.slice(0, -2)}AA`,
      ada.cookie?.split('=')[1] ?? '',
      'null',
    ];
    for (const token of forged) expect((await me(token)).status).toBe(401);
    expect((await me(ada.token)).status).toBe(200);
  });

  it('a membership that ended ends every request within the promise', async () => {
    const ben = await app.colleagueOf(ada);
    expect((await me(ben.token)).status).toBe(200);
    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [ben.userId]);
    app.clock.advance(5_000);
    expect((await me(ben.token)).status).toBe(401);
    expect((await app.get(SessionDirectory).lookUp([v7()])).size).toBe(0);
  });

  it('an agent cannot rename the workspace, its owner can', async () => {
    const ben = await app.colleagueOf(ada);
    const refused = await ben.patch<Problem>('/api/workspace', { name: 'Ben’s' });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect((await ada.patch<{ name: string }>('/api/workspace', { name: 'Engines' })).body.name).toBe('Engines');
    const members = await ben.get<{ items: { userId: string }[] }>('/api/members');
    expect(members.body.items.map(({ userId }) => userId)).toEqual(expect.arrayContaining([ada.userId, ben.userId]));
  });

  it('settings are kept per person, and a wrong time zone is refused', async () => {
    const { body } = await ada.get<UserSettings>('/api/user/settings');
    expect(body).toMatchObject({ timezone: 'UTC', saved: false });
    const saved = await ada.put<UserSettings>('/api/user/settings', {
      ...body,
      timezone: 'Europe/Paris',
      undoSeconds: 5,
    });
    expect(saved.body).toMatchObject({ timezone: 'Europe/Paris', undoSeconds: 5, saved: true });
    expect((await ada.get<UserSettings>('/api/user/settings')).body).toEqual(saved.body);
    const [event] = await app.rows<{ data: object }>(
      "SELECT data FROM events WHERE type = 'user.settings_changed' AND workspace_id = $1",
      [ada.workspaceId],
    );
    expect(event?.data).toMatchObject({ settings: { timezone: 'Europe/Paris' } });
    expect(event?.data).not.toHaveProperty('settings.saved');
    expect((await ada.put('/api/user/settings', { ...body, timezone: 'Mars/Olympus' })).status).toBe(400);
  });

  it.each([
    ['a body that is no JSON', '{"email":', 'application/json', 400],
    [
      'a prototype in the body',
      '{"__proto__":{"isAdmin":true},"email":"a@b.c","password":"x"}',
      'application/json',
      400,
    ],
    ['a form instead of JSON', 'email=a', 'application/x-www-form-urlencoded', 415],
    ['plain text', '{}', 'text/plain', 415],
    ['a body of more than a megabyte', `{"email":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413],
  ])('%s gets a problem and no stack', async (_, body, type, status) => {
    const answer = await app.stranger.call<Problem>('POST', '/api/auth/login', body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.stringify(answer.body)).not.toMatch(/ at |node_modules|\.ts|SELECT/);
  });

  it('a request id is echoed when it is sane, and made when it is not', async () => {
    const echoed = await app.stranger.get('/health/live', { 'x-request-id': 'a-sane-request-id' });
    expect(echoed.headers['x-request-id']).toBe('a-sane-request-id');
    const made = await app.stranger.get('/health/live', { 'x-request-id': 'x <script>' });
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    const lost = await app.stranger.get<Problem>('/api/nowhere');
    expect([lost.status, lost.body.code]).toEqual([404, 'not_found']);
  });
});
