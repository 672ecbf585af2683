import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICIES, type Problem, type SignedIn, type WorkspacePolicies } from '@threadline/contracts';
import { PASSWORD, type Person, TestApp } from '../../../test';

const DAY = 86_400_000;

describe('the policies of a workspace', () => {
  let app: TestApp;
  let ada: Person;

  const put = (person: Person, change: object = {}) =>
    person.put<WorkspacePolicies & Problem>('/api/workspace/policies', { ...DEFAULT_POLICIES, ...change });
  const events = (person: Person) =>
    app.rows<{ data: { changed: string[]; policies: WorkspacePolicies } }>(
      `SELECT data FROM events WHERE workspace_id = $1 AND type = 'workspace.policies_changed' ORDER BY seq`,
      [person.workspaceId],
    );
  const from = (person: Person, ip: string) => person.get<Problem>('/api/workspace', { 'x-forwarded-for': ip });

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  beforeEach(async () => {
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('are open at first, and kept with their event when they change', async () => {
    expect((await ada.get('/api/workspace/policies')).body).toEqual(DEFAULT_POLICIES);
    const wanted = {
      ...DEFAULT_POLICIES,
      sessionIdleDays: 2,
      allowedEmailDomains: ['example.com'],
      allowedNetworks: ['127.0.0.0/8'],
    };
    const answer = await put(ada, { ...wanted, allowedEmailDomains: [' Example.COM '] });
    expect([answer.status, answer.body]).toEqual([200, wanted]);
    expect((await ada.get('/api/workspace/policies')).body).toEqual(wanted);
    const [row] = await app.rows<{ policies: unknown }>('SELECT policies FROM workspaces WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect(row?.policies).toEqual(wanted);
    expect(await events(ada)).toEqual([
      { data: { policies: wanted, changed: ['sessionIdleDays', 'allowedEmailDomains', 'allowedNetworks'] } },
    ]);
  });

  it('that are set again as they are say nothing', async () => {
    await put(ada, { sessionIdleDays: 3 });
    expect((await put(ada, { sessionIdleDays: 3 })).status).toBe(200);
    expect(await events(ada)).toHaveLength(1);
  });

  it.each([
    ['an idle time of none', { sessionIdleDays: 0 }, 'sessionIdleDays'],
    ['a session of a hundred days', { sessionMaxDays: 100 }, 'sessionMaxDays'],
    ['half a day', { sessionIdleDays: 1.5 }, 'sessionIdleDays'],
    ['a domain that is an address', { allowedEmailDomains: ['a@example.com'] }, 'allowedEmailDomains'],
    ['a domain of one label', { allowedEmailDomains: ['localhost'] }, 'allowedEmailDomains'],
    ['a network that is none', { allowedNetworks: ['10.0.0.0/99'] }, 'allowedNetworks'],
    ['the same network twice', { allowedNetworks: ['127.0.0.1', '127.0.0.1 '] }, 'allowedNetworks'],
    ['networks without the own address', { allowedNetworks: ['203.0.113.0/24'] }, 'allowedNetworks'],
    ['a second factor that the caller does not have', { secondFactorRequired: true }, 'secondFactorRequired'],
    ['single sign-on only without a provider', { ssoOnly: true }, 'ssoOnly'],
    ['a field of one’s own', { passwordsForever: true }, 'passwordsForever'],
  ])('%s is refused by name, and nothing changes', async (_, change, path) => {
    const answer = await put(ada, change);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
    expect(answer.body.errors?.map((error) => error.path)).toContain(path);
    expect((await ada.get('/api/workspace/policies')).body).toEqual(DEFAULT_POLICIES);
  });

  it('sign in through a provider only once there is one, and an owner who could do without it', async () => {
    await app.rows(
      `INSERT INTO sso_providers (workspace_id, id, name, preset, issuer, client_id, client_secret, default_role_id,
                                  domains, any_domain, group_roles, enabled, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'Acme', 'custom', 'https://id.acme.test', 'c', 's', r.id, '{}', true, '{}', true,
              now(), now()
         FROM roles r WHERE r.workspace_id = $1 AND r.built_in = 'agent'`,
      [ada.workspaceId],
    );
    expect((await put(ada, { ssoOnly: true })).body.errors?.[0]?.message).toContain('break-glass');
    const mark = 'UPDATE memberships SET break_glass = true WHERE workspace_id = $1 AND user_id = $2';
    await app.rows(mark, [ada.workspaceId, ada.userId]);
    expect((await put(ada, { ssoOnly: true })).body.ssoOnly).toBe(true);
  });

  it('ask for a second factor once their author has one', async () => {
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [ada.userId]);
    expect((await put(ada, { secondFactorRequired: true })).body.secondFactorRequired).toBe(true);
    const ben = await app.colleagueOf(ada);
    const refused = await ben.get<Problem>('/api/leads');
    expect([refused.status, refused.body.code]).toEqual([403, 'second_factor_required']);
    expect((await ada.get('/api/leads')).status).toBe(200);
  });

  it('that leave one out are refused: a PUT says all of them', async () => {
    const answer = await ada.put<Problem>('/api/workspace/policies', { sessionIdleDays: 3 });
    expect(answer.status).toBe(400);
  });

  it('are read by those who may and changed by fewer, with a fresh proof', async () => {
    const [manager, agent] = [await app.colleagueOf(ada, 'manager'), await app.colleagueOf(ada, 'agent')];
    expect((await manager.get('/api/workspace/policies')).status).toBe(200);
    expect((await put(manager)).body.code).toBe('forbidden');
    expect((await agent.get('/api/workspace/policies')).status).toBe(403);
    app.clock.advance(16 * 60_000);
    const { body } = await app.stranger.post<{ accessToken: string }>('/api/auth/refresh', undefined, {
      cookie: ada.cookie ?? '',
    });
    const later = await app.stranger.put<Problem>('/api/workspace/policies', DEFAULT_POLICIES, {
      authorization: `Bearer ${body.accessToken}`,
    });
    expect([later.status, later.body.code]).toEqual([403, 'proof_required']);
  });

  it('close the workspace to other networks on every request, and open it again', async () => {
    expect((await from(ada, '203.0.113.9')).status).toBe(200);
    expect((await put(ada, { allowedNetworks: ['127.0.0.1', '192.0.2.0/24'] })).status).toBe(200);
    const refused = await from(ada, '203.0.113.9');
    expect([refused.status, refused.body.code]).toEqual([403, 'network_not_allowed']);
    expect([(await from(ada, '192.0.2.200')).status, (await ada.get('/api/workspace')).status]).toEqual([200, 200]);
    await put(ada);
    expect((await from(ada, '203.0.113.9')).status).toBe(200);
  });

  it('keep nobody out of their other workspaces: a sign-in goes where that network is let in', async () => {
    const home = ada.workspaceId;
    const office = await ada.post<{ id: string }>('/api/workspaces', { name: 'Office' });
    const email = ada.session?.user.email ?? '';
    const { body } = await ada.post<SignedIn>(`/api/workspaces/${office.body.id}/switch`);
    const there = { authorization: `Bearer ${body.accessToken}` };
    const closed = { ...DEFAULT_POLICIES, allowedNetworks: ['127.0.0.1', '192.0.2.0/24', '2001:db8::/32'] };
    expect((await app.stranger.put('/api/workspace/policies', closed, there)).status).toBe(200);
    const comesFrom = async (ip: string) =>
      (await app.stranger.post<SignedIn>('/api/auth/login', { email, password: PASSWORD }, { 'x-forwarded-for': ip }))
        .body.workspace.id;
    expect(await comesFrom('203.0.113.9')).toBe(home);
    app.clock.advance(1_000);
    await app.stranger.post(`/api/workspaces/${office.body.id}/switch`, undefined, {
      authorization: `Bearer ${(await app.signIn(email)).token}`,
    });
    for (const ip of ['192.0.2.200', '2001:db8::7']) expect(await comesFrom(ip)).toBe(office.body.id);
    expect(await comesFrom('2001:db9::7')).toBe(home);
  });

  it('end sessions that were begun under gentler ones', async () => {
    const refresh = () => app.stranger.post<Problem>('/api/auth/refresh', undefined, { cookie: ada.cookie ?? '' });
    expect((await put(ada, { sessionIdleDays: 1, sessionMaxDays: 2 })).status).toBe(200);
    app.clock.advance(DAY + 60_000);
    expect((await refresh()).body.code).toBe('session_ended');
    const eve = await app.person('Eve');
    await put(eve, { sessionIdleDays: 30, sessionMaxDays: 1 });
    app.clock.advance(DAY + 60_000);
    const late = await app.stranger.post<Problem>('/api/auth/refresh', undefined, { cookie: eve.cookie ?? '' });
    expect(late.body.code).toBe('session_ended');
    expect((await eve.get('/api/workspace')).status).toBe(401);
  });
});
