import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { TestApp } from '../../../../test';
import { AccountsQueries } from '../accounts.queries';

describe('a flood of forgotten passwords', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  afterAll(() => app?.stop());

  it('is looked at ten times an hour for one address, wherever it comes from and whoever has the address', async () => {
    const lookUps = jest.spyOn(app.get(AccountsQueries), 'byEmail');
    const known = (await app.person()).session?.user.email;
    for (const email of [known, `${v7()}@example.com`]) {
      lookUps.mockClear();
      for (let host = 1; host <= 12; host += 1) {
        const headers = { 'x-forwarded-for': `198.51.100.${host}` };
        expect((await app.stranger.post('/api/auth/forgot-password', { email }, headers)).status).toBe(202);
      }
      await app.settle();
      expect(lookUps.mock.calls.filter(([asked]) => asked === email)).toHaveLength(10);
    }
    lookUps.mockRestore();
  });
});
