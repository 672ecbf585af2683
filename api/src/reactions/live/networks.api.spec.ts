import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICIES } from '@threadline/contracts';
import { TestApp } from '../../../test';
import { TestScreen } from './test-screen';

describe('a workspace that is open from some networks only', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
  });
  afterAll(() => app?.stop());

  it('closes the screens elsewhere within seconds, and lets them in no more', async () => {
    const ada = await app.person('Ada');
    const there = { 'x-forwarded-for': '203.0.113.9' };
    const here = await TestScreen.open(app, ada.token);
    const elsewhere = await TestScreen.open(app, ada.token, there);
    const policies = { ...DEFAULT_POLICIES, allowedNetworks: ['127.0.0.0/8'] };
    expect((await ada.put('/api/workspace/policies', policies)).status).toBe(200);
    const changed = performance.now();
    await elsewhere.ended();
    expect(performance.now() - changed).toBeLessThan(5_000);
    expect(elsewhere.messages('signed_out')).toMatchObject([{ code: 'forbidden' }]);
    await expect(TestScreen.open(app, ada.token, there)).rejects.toMatchObject({
      data: { code: 'network_not_allowed' },
    });
    expect(here.socket.connected).toBe(true);
    here.close();
  });
});
