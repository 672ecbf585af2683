import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokensPostedTo } from '../../../../test';
import { UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';
import { ResetLinks } from '../passwords/reset-links';

const THEIRS = 'another horse battery staple';

/** To PostgreSQL the lower case of İ is i, to JavaScript i with a dot above, and mail servers know a third thing. */
describe('an address that only looks like somebody’s, or is spelled in another way', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  afterAll(() => app?.stop());

  const register = (email: string, password = PASSWORD) =>
    app.stranger.post<Problem & Me>('/api/auth/register', { email, password, name: 'Nova', workspaceName: 'Nova Ltd' });
  const login = (email: string, password: string) => app.stranger.post<Problem>('/api/auth/login', { email, password });

  it('is another one in every way', async () => {
    const box = v7();
    await register(`${box}@firm.example`);
    const alike = await register(`${box}@f\u0130rm.example`, THEIRS);
    expect(alike.body.user.email).toBe(`${box}@xn--firm-rwc.example`);
    expect((await login(`${box}@f\u0130rm.example`, PASSWORD)).status).toBe(401);
    await app.settle();
    expect(await tokensPostedTo(app, `${box}@firm.example`)).toHaveLength(1);
    await app.stranger.post('/api/auth/forgot-password', { email: `${box}@f\u0130rm.example` });
    expect(await tokensPostedTo(app, `${box}@firm.example`)).toHaveLength(1);
    expect(await tokensPostedTo(app, `${box}@xn--firm-rwc.example`)).toHaveLength(2);
  });

  it('is that one, with one count of wrong passwords, where it is but another spelling', async () => {
    const box = v7();
    await register(`${box}@firm.example`);
    const spellings = ['firm.example', 'FIRM.example', '\ufb01rm.example', 'f\u00adirm.example', 'fi\u00adrm.example'];
    for (const each of spellings) expect((await login(`${box}@${each}`, THEIRS)).status).toBe(401);
    for (const each of spellings) expect((await login(`${box}@${each}`, THEIRS)).status).toBe(429);
    app.clock.advance(60_000);
    expect((await login(` ${box.toUpperCase()}@\ufb01rm.example`, PASSWORD)).status).toBe(200);
    const links = new ResetLinks(app.get(UnitOfWork), app.get(AccountsQueries), app.get(AccountLinks), app.config);
    expect(await links.make(`${box}@\ufb01rm.example`)).toHaveLength(1);
  });

  it('is refused at every entry, known or not, where its mailbox has other characters than ASCII, and opens nothing', async () => {
    const ada = await app.person();
    expect((await login(`\u0130${v7()}@example.com`, PASSWORD)).status).toBe(401);
    const entries: [Person, string, object][] = [
      [app.stranger, '/api/auth/register', { password: PASSWORD, name: 'Nova', workspaceName: 'Nova Ltd' }],
      [app.stranger, '/api/auth/forgot-password', {}],
      [app.stranger, '/api/auth/sso/start', {}],
      [ada, '/api/user/email', { password: PASSWORD }],
      [ada, '/api/invitations', { roleId: v7() }],
    ];
    for (const [who, path, body] of entries) {
      const refused = await who.post<Problem>(path, { ...body, email: `\u0130${v7()}@example.com` });
      expect([path, refused.status, refused.body.code]).toEqual([path, 400, 'invalid_input']);
      expect(refused.body.errors?.map((each) => each.path)).toEqual(['email']);
    }
  });
});
