import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LinkedIdentity, Me, Problem, Role, SsoProvider, SsoStart, SsoTest } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, type Person, TestApp } from '../../../test';
import { type IdentityProvider, startIdentityProvider } from '../../../../tools/identity-provider/index.mjs';

type Providers = { items: SsoProvider[]; redirectUri: string; breakGlass: string[] };
type Identities = { items: LinkedIdentity[]; offered: { id: string }[] };
type Refused = Pick<Problem, 'code' | 'detail' | 'errors'>;

describe('single sign-on', () => {
  let app: TestApp;
  let idp: IdentityProvider;
  let other: IdentityProvider;
  let ada: Person;
  let roles: Record<string, string>;
  let providerId: string;

  const login = () => `p${v7()}`;
  const domain = 'analytical.test';
  const setUp = (at: IdentityProvider, more: object = {}) => ({
    name: 'Analytical ID',
    preset: 'custom',
    issuer: at.issuer,
    clientId: at.clientId,
    clientSecret: at.clientSecret,
    defaultRoleId: roles.agent,
    domains: [domain],
    ...more,
  });
  const add = (person: Person, body: object) => person.post<SsoProvider & Refused>('/api/sso/providers', body);
  const cookies = (answer: Answer) =>
    [answer.headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ');
  const start = (body: object) => app.stranger.post<SsoStart & Refused>('/api/auth/sso/start', body);
  const callback = (url: string, cookie: string) => {
    const { pathname, search } = new URL(url, app.url);
    return app.stranger.get(`${pathname}${search}`, { cookie });
  };
  const place = (answer: Answer) => String(answer.headers.location);
  const known = (name: string, more: object = {}) => {
    const subject = login();
    idp.people[subject] = { email: `${subject}@${domain}`, email_verified: true, name, ...more };
    return subject;
  };

  /** The whole way of a browser, from the click to the return. */
  async function signIn(subject: string, body: object = { providerId }, at = idp) {
    const begun = await start(body);
    const back = await at.visit(begun.body.url ?? '', subject);
    return callback(back, cookies(begun));
  }

  async function enter(answer: Answer): Promise<{ me: Me; token: string }> {
    const renewed = await app.stranger.post<{ accessToken: string }>('/api/auth/refresh', undefined, {
      cookie: cookies(answer),
    });
    const token = renewed.body.accessToken;
    const me = await app.stranger.get<Me>('/api/auth/me', { authorization: `Bearer ${token}` });
    return { me: me.body, token };
  }

  const sessions = async () => (await app.rows<{ n: number }>('SELECT count(*)::int AS n FROM sessions'))[0]?.n;
  const events = (type: string) =>
    app.rows<{ data: Record<string, unknown> }>(
      'SELECT data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq',
      [ada.workspaceId, type],
    );

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    const redirectUri = `${app.url}/api/auth/sso/callback`;
    [idp, other] = [await startIdentityProvider({ redirectUri }), await startIdentityProvider({ redirectUri })];
    ada = await app.person('Ada');
    const list = await ada.get<{ items: Role[] }>('/api/roles');
    roles = Object.fromEntries(list.body.items.map((role) => [role.builtIn ?? role.name, role.id]));
    providerId = (await add(ada, setUp(idp))).body.id;
  });
  afterAll(async () => {
    await app?.stop();
    await idp?.close();
    await other?.close();
  });

  describe('its providers', () => {
    it('are added with the event, listed without the secret, and sealed in their row', async () => {
      const answer = await add(ada, setUp(other, { name: 'Other ID', domains: ['other.test'] }));
      expect([answer.status, answer.body.name, answer.body.enabled]).toEqual([201, 'Other ID', true]);
      const list = await ada.get<Providers>('/api/sso/providers');
      expect(list.body.redirectUri).toBe(`${app.url}/api/auth/sso/callback`);
      expect(list.body.items.map(({ name }) => name)).toEqual(['Analytical ID', 'Other ID']);
      expect(JSON.stringify([answer.body, list.body])).not.toContain(other.clientSecret);
      const rows = await app.rows<{ client_secret: string }>('SELECT client_secret FROM sso_providers');
      expect(JSON.stringify(rows)).not.toContain(other.clientSecret);
      expect(rows.every(({ client_secret }) => client_secret.startsWith('v1.'))).toBe(true);
      expect((await events('sso_provider.created')).at(-1)?.data).toEqual({ provider: answer.body });

      const changed = await ada.patch<SsoProvider>(`/api/sso/providers/${answer.body.id}`, { enabled: false });
      expect([changed.status, changed.body.enabled, changed.body.domains]).toEqual([200, false, ['other.test']]);
      expect(await events('sso_provider.updated')).toHaveLength(1);
      expect((await ada.delete(`/api/sso/providers/${answer.body.id}`)).status).toBe(204);
      expect(await events('sso_provider.deleted')).toHaveLength(1);
    });

    it('are not for an agent to see or touch, nor for another workspace', async () => {
      const agent = await app.colleagueOf(ada, 'agent');
      expect((await agent.get('/api/sso/providers')).status).toBe(403);
      expect((await add(agent, setUp(other))).status).toBe(403);
      const stranger = await app.person();
      expect((await stranger.patch(`/api/sso/providers/${providerId}`, { name: 'Mine' })).status).toBe(404);
      expect((await stranger.delete(`/api/sso/providers/${providerId}`)).status).toBe(404);
    });

    it('take a fresh proof to be changed', async () => {
      const owner = await app.person();
      app.clock.advance(16 * 60_000);
      ada = await app.signIn(ada.session?.user.email ?? '');
      const renewed = await owner.post<{ accessToken: string }>('/api/auth/refresh', undefined, {
        cookie: owner.cookie ?? '',
      });
      const by = { authorization: `Bearer ${renewed.body.accessToken}` };
      const answer = await app.stranger.post<Refused>('/api/sso/providers', setUp(idp), by);
      expect([answer.status, answer.body.code]).toEqual([403, 'proof_required']);
    });

    it('give nobody a role above the one who sets them up, and make no owners', async () => {
      // Nobody makes such a role any more; a workspace may have one of before.
      const role = await app.roleOf(ada, {
        permissions: ['workspace:read', 'members:read', 'leads:read', 'sso:read', 'sso:write'],
      });
      const keeper = await app.colleagueOf(ada, 'agent');
      await app.rows('UPDATE memberships SET role_id = $2 WHERE user_id = $1', [keeper.userId, role.id]);
      app.clock.advance(3_001);
      const over = await add(keeper, setUp(other, { defaultRoleId: roles.agent }));
      expect([over.status, over.body.code]).toEqual([403, 'forbidden']);
      const mapped = await add(
        keeper,
        setUp(other, {
          defaultRoleId: role.id,
          groupsClaim: 'groups',
          groupRoles: [{ group: 'bosses', roleId: roles.admin }],
        }),
      );
      expect([mapped.status, mapped.body.code]).toEqual([403, 'forbidden']);
      const own = await add(keeper, setUp(other, { defaultRoleId: role.id, domains: [] }));
      expect(own.status).toBe(201);
      const owner = await add(ada, setUp(other, { defaultRoleId: roles.owner, clientId: 'second' }));
      expect([owner.status, owner.body.errors?.[0]?.path]).toEqual([400, 'defaultRoleId']);
      await ada.delete(`/api/sso/providers/${own.body.id}`);
    });

    it.each([
      ['a slash more', (issuer: string) => `${issuer}/`],
      ['another case', (issuer: string) => issuer.replace('http', 'HTTP')],
    ])('are refused when the issuer differs by %s', async (_, spelled) => {
      const answer = await add(ada, setUp(other, { issuer: spelled(other.issuer) }));
      expect([answer.status, answer.body.code]).toEqual([400, 'sso_failed']);
    });

    it('send neither browsers nor secrets to endpoints that a document should not name', async () => {
      other.intercept = (request, response) => {
        if (!request.url?.startsWith('/.well-known')) return false;
        const document = {
          issuer: other.issuer,
          authorization_endpoint: 'javascript:alert(1)//',
          token_endpoint: `${other.issuer}/token`,
          jwks_uri: `${other.issuer}/jwks`,
        };
        response.end(JSON.stringify(document));
        return true;
      };
      const answer = await add(ada, setUp(other));
      other.intercept = null;
      expect([answer.status, answer.body.code]).toEqual([400, 'sso_failed']);
    });

    it('are refused at addresses that may not be reached, without a connection', async () => {
      const before = idp.requests.length;
      for (const issuer of [
        'http://169.254.169.254',
        'https://10.0.0.1',
        'ftp://example.com',
        'https://[::1]',
        'nonsense',
      ]) {
        const answer = await add(ada, setUp(other, { issuer }));
        expect([issuer, answer.status, answer.body.code]).toEqual([issuer, 400, 'address_not_allowed']);
      }
      expect(idp.requests.length).toBe(before);
    });

    it('do not hand the kept secret to a new issuer', async () => {
      const moved = await ada.patch<Refused>(`/api/sso/providers/${providerId}`, { issuer: other.issuer });
      expect([moved.status, moved.body.errors?.[0]?.path]).toEqual([400, 'clientSecret']);
    });

    it('can be tested, and say in words what is wrong', async () => {
      const fine = await ada.post<SsoTest>(`/api/sso/providers/${providerId}/test`);
      expect([fine.status, fine.body.ok, fine.body.steps.length]).toEqual([200, true, 2]);
      idp.intercept = (_, response) => Boolean(response.writeHead(503).end());
      const down = await ada.post<SsoTest>(`/api/sso/providers/${providerId}/test`);
      idp.intercept = null;
      expect(down.body).toEqual({
        ok: false,
        steps: [{ name: 'Discovery', ok: false, detail: 'The discovery document was answered with 503.' }],
      });
    });
  });

  describe('signing in', () => {
    it('lets somebody new in with the default role, and knows them again', async () => {
      const subject = known('Grace');
      const answer = await signIn(subject, { email: `${subject}@${domain}`, returnTo: '/inbox?view=mine' });
      expect([answer.status, place(answer)]).toEqual([302, '/inbox?view=mine']);
      const first = await enter(answer);
      expect(first.me).toMatchObject({ role: 'agent', user: { name: 'Grace', email: `${subject}@${domain}` } });
      expect(first.me.workspace.id).toBe(ada.workspaceId);
      expect((await events('user.identity_linked')).at(-1)?.data).toEqual({ userId: first.me.user.id, providerId });
      const [row] = await app.rows<{ method: string; password_hash: null }>(
        `SELECT s.method, u.password_hash FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.id = $1`,
        [first.me.user.id],
      );
      expect(row).toEqual({ method: 'sso', password_hash: null });
      idp.people[subject] = { email: 'moved@elsewhere.test', email_verified: true, name: 'Grace' };
      const again = await enter(await signIn(subject));
      expect(again.me.user.id).toBe(first.me.user.id);
    });

    it('finds the provider by domain or workspace alone, and answers nothing about accounts', async () => {
      const member = ada.session?.user.email ?? '';
      const [someone, nobody] = [await start({ email: member }), await start({ email: 'nobody@example.com' })];
      expect([someone.status, someone.body.code, someone.body.detail]).toEqual([404, 'not_found', nobody.body.detail]);
      expect((await start({ email: `nobody@${domain.toUpperCase()}` })).body.url).toContain(idp.issuer);
      expect((await start({ workspaceId: ada.workspaceId })).body.url).toContain(idp.issuer);
      expect((await start({})).status).toBe(404);
      const second = await add(ada, setUp(other, { name: 'Second' }));
      const choice = await start({ email: `x@${domain}` });
      expect([choice.body.url, choice.body.choices.map(({ name }) => name)]).toEqual([
        null,
        ['Analytical ID', 'Second'],
      ]);
      expect(choice.headers['set-cookie']).toBeUndefined();
      // A newcomer's provider of the same domain pushes nobody's out, whatever it is called.
      const newcomer = await app.person('AAA');
      const own = await newcomer.get<{ items: Role[] }>('/api/roles');
      const defaultRoleId = own.body.items.find(({ builtIn }) => builtIn === 'agent')?.id;
      await add(newcomer, setUp(other, { name: 'AAA', clientId: 'third', defaultRoleId }));
      const later = await start({ email: `x@${domain}` });
      expect(later.body.choices.map(({ name }) => name)).toEqual(['Analytical ID', 'Second', 'AAA']);
      await app.rows('DELETE FROM sso_providers WHERE workspace_id = $1', [newcomer.workspaceId]);
      await ada.delete(`/api/sso/providers/${second.body.id}`);
    });

    it('sends state, nonce and an S256 challenge, and nothing of them twice', async () => {
      const urls = [await start({ providerId }), await start({ providerId })].map(
        ({ body }) => new URL(body.url ?? ''),
      );
      for (const name of ['state', 'nonce', 'code_challenge']) {
        const values = urls.map((url) => url.searchParams.get(name) ?? '');
        expect(values.every((value) => value.length >= 43)).toBe(true);
        expect(new Set(values).size).toBe(2);
      }
      expect(urls[0]?.searchParams.get('code_challenge_method')).toBe('S256');
    });

    it('refuses another browser’s state, none at all, a replay, and one that is too old', async () => {
      const before = await sessions();
      const mine = await start({ providerId });
      const theirs = await start({ providerId });
      const back = await idp.visit(mine.body.url ?? '', known('Ann'));
      for (const cookie of [cookies(theirs), '', 'threadline-sso=v1.aaaa.bbbb']) {
        expect(place(await callback(back, cookie))).toBe('/sign-in?sso=expired');
      }
      const bare = new URL(back);
      bare.searchParams.delete('state');
      expect(place(await callback(bare.href, cookies(mine)))).toBe('/sign-in?sso=expired');
      expect(await sessions()).toBe(before);

      expect(place(await callback(back, cookies(mine)))).toBe('/');
      expect(place(await callback(back, cookies(mine)))).toBe('/sign-in?sso=expired');
      expect(await sessions()).toBe((before ?? 0) + 1);

      const old = await start({ providerId });
      const late = await idp.visit(old.body.url ?? '', known('Late'));
      app.clock.advance(10 * 60_000 + 1);
      expect(place(await callback(late, cookies(old)))).toBe('/sign-in?sso=expired');
      ada = await app.signIn(ada.session?.user.email ?? '');
    });

    it('refuses a nonce that is not the visit’s, and a code of another one', async () => {
      const before = await sessions();
      const begun = await start({ providerId });
      const url = new URL(begun.body.url ?? '');
      url.searchParams.set('nonce', 'somebody-else’s');
      expect(place(await callback(await idp.visit(url.href, known('Nonce')), cookies(begun)))).toBe(
        '/sign-in?sso=failed',
      );
      const [one, two] = [await start({ providerId }), await start({ providerId })];
      const stolen = new URL(await idp.visit(one.body.url ?? '', known('Code')));
      stolen.searchParams.set('state', new URL(two.body.url ?? '').searchParams.get('state') ?? '');
      expect(place(await callback(stolen.href, cookies(two)))).toBe('/sign-in?sso=failed');
      expect(await sessions()).toBe(before);
    });

    it('refuses an answer that says it is another issuer’s', async () => {
      const before = await sessions();
      for (const iss of [other.issuer, `${idp.issuer}/`, null]) {
        const begun = await start({ providerId });
        const back = new URL(await idp.visit(begun.body.url ?? '', known('Mix')));
        if (iss === null) back.searchParams.delete('iss');
        else back.searchParams.set('iss', iss);
        expect(place(await callback(back.href, cookies(begun)))).toBe('/sign-in?sso=failed');
      }
      expect(await sessions()).toBe(before);
    });

    it('refuses a provider that calls itself something else by now', async () => {
      await app.rows('UPDATE sso_providers SET issuer = issuer || $2, updated_at = now() WHERE id = $1', [
        providerId,
        '/',
      ]);
      const begun = await start({ providerId });
      expect([begun.status, begun.body.code]).toEqual([400, 'sso_failed']);
      await app.rows('UPDATE sso_providers SET issuer = $2, updated_at = now() WHERE id = $1', [
        providerId,
        idp.issuer,
      ]);
    });

    it('takes the same subject at two providers for two people', async () => {
      const second = await add(ada, setUp(other, { name: 'Second', domains: ['second.test'] }));
      const subject = known('One');
      other.people[subject] = { email: `${subject}@second.test`, email_verified: true, name: 'Two' };
      const one = await enter(await signIn(subject));
      const two = await enter(await signIn(subject, { providerId: second.body.id }, other));
      expect([one.me.user.name, two.me.user.name]).toEqual(['One', 'Two']);
      expect(one.me.user.id).not.toBe(two.me.user.id);
      await ada.delete(`/api/sso/providers/${second.body.id}`);
    });

    it.each([
      '//evil.test',
      '/\\evil.test',
      'https:evil.test',
      '/%09/evil.test',
      'javascript:alert(1)',
      'https://evil.test/',
    ])('never leaves the origin for %s', async (returnTo) => {
      expect(place(await signIn(known('Ret'), { providerId, returnTo }))).toBe('/');
    });

    it('lets nobody join whose address is elsewhere or not verified', async () => {
      const before = await sessions();
      const away = known('Away', { email: `a${v7()}@elsewhere.test` });
      expect(place(await signIn(away))).toBe('/sign-in?sso=domain_not_allowed');
      const unsure = known('Unsure', { email_verified: false });
      expect(place(await signIn(unsure))).toBe('/sign-in?sso=email_unverified');
      const silent = known('Silent', { email: undefined });
      expect(place(await signIn(silent))).toBe('/sign-in?sso=email_unverified');
      expect(await sessions()).toBe(before);
    });

    it('says in a word that the person said no, or that the provider was switched off', async () => {
      const begun = await start({ providerId });
      const state = new URL(begun.body.url ?? '').searchParams.get('state');
      const no = `/api/auth/sso/callback?error=access_denied&error_description=%3Cb%3E&state=${state}&iss=${encodeURIComponent(idp.issuer)}`;
      expect(place(await callback(no, cookies(begun)))).toBe('/sign-in?sso=denied');
      const gone = await start({ providerId, returnTo: '/leads' });
      const back = await idp.visit(gone.body.url ?? '', known('Off'));
      await ada.patch(`/api/sso/providers/${providerId}`, { enabled: false });
      expect(place(await callback(back, cookies(gone)))).toBe('/sign-in?sso=provider_off&to=%2Fleads');
      expect((await start({ providerId })).status).toBe(404);
      await ada.patch(`/api/sso/providers/${providerId}`, { enabled: true });
    });

    it('is not begun by another site’s page', async () => {
      const answer = await app.stranger.post<Refused>(
        '/api/auth/sso/start',
        { providerId },
        { 'sec-fetch-site': 'cross-site' },
      );
      expect([answer.status, answer.body.code]).toEqual([403, 'cross_site']);
    });
  });

  describe('an account that is there already', () => {
    it('is never taken over by its address', async () => {
      const subject = known('Thief');
      const victim = await app.colleagueOf(ada, 'admin');
      idp.people[subject] = { email: victim.session?.user.email.toUpperCase(), email_verified: true };
      await ada.patch(`/api/sso/providers/${providerId}`, { domains: [domain, 'example.com'] });
      const before = await sessions();
      expect(place(await signIn(subject))).toBe('/sign-in?sso=link_required');
      expect(await sessions()).toBe(before);
      await ada.patch(`/api/sso/providers/${providerId}`, { domains: [domain] });
    });

    it('is linked from its own session, signs in by it from then on, and is unlinked again', async () => {
      const ben = await app.colleagueOf(ada, 'manager');
      const subject = known('Ben elsewhere', { email: `${login()}@elsewhere.test` });
      const offered = await ben.get<Identities>('/api/auth/identities');
      expect([offered.body.items, offered.body.offered.map(({ id }) => id)]).toEqual([[], [providerId]]);
      const begun = await ben.post<{ url: string }>('/api/auth/identities/start', { providerId });
      const linked = await callback(await idp.visit(begun.body.url, subject), cookies(begun));
      expect(place(linked)).toBe('/settings/security?sso=linked');
      expect(cookies(linked)).not.toContain('threadline=');
      const own = await ben.get<Identities>('/api/auth/identities');
      expect(own.body.items).toMatchObject([{ providerId, name: 'Analytical ID' }]);
      expect((await enter(await signIn(subject))).me).toMatchObject({ role: 'manager', user: { id: ben.userId } });
      // The provider's word is no proof for what is dangerous to an account that has a password of its own.
      const proofs = await app.rows<{ proved_at: Date | null }>(
        `SELECT proved_at FROM sessions WHERE user_id = $1 AND method = 'sso'`,
        [ben.userId],
      );
      expect(proofs).toEqual([{ proved_at: null }]);

      const eve = await app.colleagueOf(ada);
      const taking = await eve.post<{ url: string }>('/api/auth/identities/start', { providerId });
      expect(place(await callback(await idp.visit(taking.body.url, subject), cookies(taking)))).toBe(
        '/settings/security?sso=already_linked',
      );
      const id = own.body.items[0]?.id ?? '';
      expect((await eve.delete(`/api/auth/identities/${id}`)).status).toBe(404);
      expect((await ben.delete(`/api/auth/identities/${id}`)).status).toBe(204);
      expect((await events('user.identity_unlinked')).at(-1)?.data).toEqual({ userId: ben.userId, providerId });
      expect(place(await signIn(subject))).toBe('/sign-in?sso=domain_not_allowed');
    });

    it('is not linked after the session it was begun from has ended', async () => {
      const ben = await app.colleagueOf(ada);
      const begun = await ben.post<{ url: string }>('/api/auth/identities/start', { providerId });
      const back = await idp.visit(begun.body.url, known('Gone'));
      await app.stranger.post('/api/auth/logout', undefined, { cookie: ben.cookie ?? '' });
      expect(place(await callback(back, cookies(begun)))).toBe('/settings/security?sso=expired');
      expect((await app.rows('SELECT 1 FROM sso_identities WHERE user_id = $1', [ben.userId])).length).toBe(0);
    });

    it('keeps the last thing that signs it in', async () => {
      const ben = await app.colleagueOf(ada);
      const begun = await ben.post<{ url: string }>('/api/auth/identities/start', { providerId });
      await callback(await idp.visit(begun.body.url, known('Only')), cookies(begun));
      await app.rows('UPDATE users SET password_hash = NULL WHERE id = $1', [ben.userId]);
      const own = await ben.get<Identities>('/api/auth/identities');
      const answer = await ben.delete<Refused>(`/api/auth/identities/${own.body.items[0]?.id}`);
      expect([answer.status, answer.body.code]).toEqual([409, 'wrong_state']);
    });

    it('is claimed by its address when a directory made it and nobody can sign in to it', async () => {
      const subject = known('Provisioned');
      const id = v7();
      await app.rows('INSERT INTO users (id, email, name, created_at) VALUES ($1, $2, $3, now())', [
        id,
        `${subject}@${domain}`,
        'Prov',
      ]);
      await app.rows(
        'INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at) VALUES ($1, $2, $3, $4, now())',
        [ada.workspaceId, v7(), id, roles.analyst],
      );
      expect((await enter(await signIn(subject))).me).toMatchObject({ role: 'analyst', user: { id } });
    });

    it('stays out once it was removed', async () => {
      const subject = known('Leaver');
      const { me } = await enter(await signIn(subject));
      await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [me.user.id]);
      expect(place(await signIn(subject))).toBe('/sign-in?sso=not_a_member');
    });
  });

  it('groups decide the role at every sign-in, and no owner is touched', async () => {
    await ada.patch(`/api/sso/providers/${providerId}`, {
      groupsClaim: 'groups',
      groupRoles: [
        { group: 'leads', roleId: roles.manager },
        { group: 'numbers', roleId: roles.analyst },
      ],
    });
    const subject = known('Grouped', { groups: ['numbers', 'leads'] });
    expect((await enter(await signIn(subject))).me.role).toBe('manager');
    idp.people[subject] = { ...idp.people[subject], groups: ['numbers'] };
    const second = await enter(await signIn(subject));
    expect(second.me.role).toBe('analyst');
    expect((await events('member.role_changed')).at(-1)?.data).toMatchObject({ from: 'manager', to: 'analyst' });
    idp.people[subject] = { ...idp.people[subject], groups: [] };
    expect((await enter(await signIn(subject))).me.role).toBe('agent');

    const begun = await ada.post<{ url: string }>('/api/auth/identities/start', { providerId });
    const owner = known('Owner', { groups: ['numbers'] });
    await callback(await idp.visit(begun.body.url, owner), cookies(begun));
    expect((await enter(await signIn(owner))).me).toMatchObject({ role: 'owner', user: { id: ada.userId } });
    await ada.patch(`/api/sso/providers/${providerId}`, { groupsClaim: null, groupRoles: [] });
  });
});
