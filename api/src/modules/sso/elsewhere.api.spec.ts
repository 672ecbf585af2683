import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, Role } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, type Person, TestApp, tokenMailedTo } from '../../../test';
import { type IdentityProvider, startIdentityProvider } from '../../../../tools/identity-provider/index.mjs';

describe('somebody whose address has an account elsewhere', () => {
  let app: TestApp;
  let idp: IdentityProvider;
  let ada: Person;
  let providerId: string;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    idp = await startIdentityProvider({ redirectUri: `${app.url}/api/auth/sso/callback` });
    ada = await app.person('Ada');
    const roles = await ada.get<{ items: Role[] }>('/api/roles');
    const provider = await ada.post<{ id: string }>('/api/sso/providers', {
      name: 'Analytical ID',
      preset: 'custom',
      issuer: idp.issuer,
      clientId: idp.clientId,
      clientSecret: idp.clientSecret,
      defaultRoleId: roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id,
      domains: ['example.com'],
    });
    providerId = provider.body.id;
  });
  afterAll(async () => {
    await app?.stop();
    await idp?.close();
  });

  const cookies = (answer: Answer) =>
    [answer.headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0] ?? '')
      .join('; ');

  /** The whole way of a browser, from the click to the return. */
  async function signIn(email: string, subject: string): Promise<Answer> {
    idp.people[subject] = { email, email_verified: true, name: 'Eve' };
    const begun = await app.stranger.post<{ url: string }>('/api/auth/sso/start', { providerId });
    const { pathname, search } = new URL(await idp.visit(begun.body.url, subject), app.url);
    return app.stranger.get(`${pathname}${search}`, { cookie: cookies(begun) });
  }

  async function meAfter(answer: Answer): Promise<Me> {
    const cookie = cookies(answer);
    const renewed = await app.stranger.post<{ accessToken: string }>('/api/auth/refresh', undefined, { cookie });
    const authorization = `Bearer ${renewed.body.accessToken}`;
    return (await app.stranger.get<Me>('/api/auth/me', { authorization })).body;
  }

  it('joins as somebody new, like anybody, until a link that is mailed to them makes the two one', async () => {
    const eve = await app.person('Eve');
    const email = eve.session?.user.email ?? '';
    const subject = `p${v7()}`;
    const [known, unknown] = [await signIn(email, subject), await signIn(`${v7()}@example.com`, `p${v7()}`)];
    expect([known.status, known.headers.location]).toEqual([unknown.status, unknown.headers.location]);
    expect(Object.keys(known.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
    const joined = await meAfter(known);
    expect(joined).toMatchObject({ user: { email }, workspace: { id: ada.workspaceId }, addressConfirmed: false });
    expect(joined.user.id).not.toBe(eve.userId);
    expect((await eve.get<Me>('/api/auth/me')).body.workspace.id).toBe(eve.workspaceId);

    const token = await tokenMailedTo(app, eve, email);
    const moved = await app.stranger.post('/api/auth/confirm-address', { token });
    expect(moved).toMatchObject({ status: 200, body: { outcome: 'moved' } });
    await app.settle();
    const again = await meAfter(await signIn(email, subject));
    expect(again).toMatchObject({ user: { id: eve.userId }, workspace: { id: ada.workspaceId }, role: joined.role });
    // And it opens that workspace alone, as before.
    const asSso = await signIn(email, subject);
    const cookie = cookies(asSso);
    const renewed = await app.stranger.post<{ accessToken: string }>('/api/auth/refresh', undefined, { cookie });
    const authorization = `Bearer ${renewed.body.accessToken}`;
    const crossing = await app.stranger.post(`/api/workspaces/${eve.workspaceId}/switch`, undefined, { authorization });
    expect(crossing).toMatchObject({ status: 403, body: { code: 'sso_required' } });
  });
});
