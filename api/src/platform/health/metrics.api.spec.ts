import { afterEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../../../test';

const TOKEN = 'x'.repeat(32);

describe('the metrics of the installation', () => {
  let app: TestApp;
  afterEach(() => app?.stop());

  it('are for this machine, and for nobody who came by a proxy, whatever their rights', async () => {
    app = await TestApp.start();
    const owner = await app.person();
    expect((await app.stranger.get('/metrics')).body).toContain('process_cpu_seconds_total');
    for (const header of ['x-forwarded-for', 'forwarded']) {
      const headers = { authorization: `Bearer ${owner.token}`, [header]: 'for=192.0.2.7' };
      expect((await app.stranger.get('/metrics', headers)).status).toBe(401);
    }
  });

  it('are for who shows the token where one is set, from wherever, and for nobody else', async () => {
    app = await TestApp.start({ env: { METRICS_TOKEN: TOKEN } });
    const owner = await app.person();
    const from = { 'x-forwarded-for': '192.0.2.7' };
    const by = (token: string) => app.stranger.get('/metrics', { ...from, authorization: `Bearer ${token}` });
    expect((await by(TOKEN)).status).toBe(200);
    expect((await by(`${TOKEN}x`)).status).toBe(401);
    expect((await by(owner.token)).status).toBe(401);
    expect((await app.stranger.get('/metrics')).status).toBe(401);
  });
});
