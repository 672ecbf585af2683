import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page, Problem, Role, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, type Person, TestApp, textsPostedTo, tokenMailedTo } from '../../../../test';
import { systemActor } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';

describe('a flood of forgotten passwords', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  afterAll(() => app?.stop());

  it('is looked at some times an hour for one address, wherever it comes from and whoever has the address', async () => {
    const lookUps = jest.spyOn(app.get(AccountsQueries), 'byEmail');
    const known = (await app.person()).session?.user.email;
    for (const email of [known, `${v7()}@example.com`]) {
      lookUps.mockClear();
      for (let host = 1; host <= 30; host += 1) {
        const headers = { 'x-forwarded-for': `198.51.100.${host}` };
        expect((await app.stranger.post('/api/auth/forgot-password', { email }, headers)).status).toBe(202);
      }
      await app.settle();
      const looked = lookUps.mock.calls.filter(([asked]) => asked === email).length;
      expect([looked >= 10, looked <= 25]).toEqual([true, true]);
    }
    lookUps.mockRestore();
  });
});

describe('mails to addresses that somebody names', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true });
  });
  afterAll(() => app?.stop());

  const ask = async (person: Person, email: string) =>
    (await person.post('/api/user/email', { email, password: PASSWORD })).status;

  it('are ten an hour to one address, for whatever, and no fewer for what others have sent there', async () => {
    const [ada, eve] = [await app.person(), await app.person()];
    const roles = await eve.get<Page<Role>>('/api/roles');
    const roleId = roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id;
    const email = `${v7()}@example.com`;
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push(await ask(ada, email), await ask(eve, email));
    for (let time = 0; time < 6; time += 1) {
      statuses.push((await eve.post('/api/invitations', { email, roleId })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(202), ...Array<number>(5).fill(201), 429]);
    expect(await textsPostedTo(app, email)).toHaveLength(15);
    app.clock.advance(3_600_000);
    expect(await ask(await app.signIn(ada.session?.user.email ?? ''), email)).toBe(202);
  });

  it('are twenty an hour for who has not confirmed the own one', async () => {
    const [ada, nova] = [await app.person(), await app.person()];
    await app.rows('UPDATE users SET address_proved_at = NULL WHERE id = $1', [nova.userId]);
    for (let time = 0; time < 20; time += 1) {
      expect([await ask(ada, `${v7()}@example.com`), await ask(nova, `${v7()}@example.com`)]).toEqual([202, 202]);
    }
    expect([await ask(ada, `${v7()}@example.com`), await ask(nova, `${v7()}@example.com`)]).toEqual([202, 429]);
  });
});

describe('passwords that are chosen for accounts of an address', () => {
  let app: TestApp;
  let email: string;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  const register = async () => {
    const body = { email, password: PASSWORD, name: 'Ada', workspaceName: 'Engines' };
    return app.stranger.post<SignedIn>('/api/auth/register', body);
  };

  it('are ten an hour, also by accounts that move there: each is tried at all others of the address', async () => {
    email = `${v7()}@example.com`;
    const guesser = await app.person();
    const move = () => guesser.post<Problem>('/api/user/email', { email, password: PASSWORD });
    for (let time = 0; time < 10; time += 1) expect((await move()).status).toBe(202);
    expect([(await move()).status, (await register()).status]).toEqual([429, 429]);
  });

  it('are ten an hour, also by new passwords of accounts that were made there', async () => {
    email = `${v7()}@example.com`;
    const { user, workspace } = (await register()).body;
    const reset = async () => {
      app.clock.advance(1);
      const { token } = await app
        .get(UnitOfWork)
        .run(systemActor(workspace.id, 'test'), (tx) =>
          app.get(AccountLinks).make(tx, 'password_reset', { userId: user.id, email }),
        );
      return (await app.stranger.post('/api/auth/reset-password', { token, password: `${PASSWORD} anew` })).status;
    };
    for (let time = 0; time < 9; time += 1) expect(await reset()).toBe(204);
    expect(await reset()).toBe(429);
  });
});

describe('somebody whose tries strangers use up', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  afterAll(() => app?.stop());

  it('comes in with a new password at once, from the browser that read the mail', async () => {
    const owner = await app.person();
    const email = owner.session?.user.email ?? '';
    const login = (password: string, headers = {}) =>
      app.stranger.post('/api/auth/login', { email, password }, headers);
    for (let host = 1; host <= 9; host += 1) await login('wrong', { 'x-forwarded-for': `198.51.100.${host}` });
    expect((await login(PASSWORD)).status).toBe(429);
    await app.stranger.post('/api/auth/forgot-password', { email });
    const token = await tokenMailedTo(app, owner, email);
    const password = `${PASSWORD} anew`;
    const reset = await app.stranger.post('/api/auth/reset-password', { token, password });
    expect(reset.status).toBe(204);
    const cookie = [reset.headers['set-cookie'] ?? []].flat().join('; ').split(';')[0] ?? '';
    expect((await login(password)).status).toBe(429);
    expect((await login(password, { cookie })).status).toBe(200);
  });
});
