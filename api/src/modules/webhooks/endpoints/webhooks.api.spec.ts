import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, Webhook } from '@threadline/contracts';
import { EVENT_TYPES, MOST_OLD_SECRETS, MOST_WEBHOOKS } from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';

type Made = Webhook & { secret: string | null };
/** A public address that nothing is ever sent to: these endpoints are switched off. */
const URL = 'https://8.8.8.8/hook';

describe('endpoints', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app.stop());

  const make = async (more: object = {}, by = ada) => {
    const made = await by.post<Made>('/api/webhooks', { url: URL, eventTypes: [], enabled: false, ...more });
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
    return made.body;
  };
  const events = (id: string) =>
    app.rows<{ type: string; data: object }>('SELECT type, data FROM events WHERE subject_id = $1 ORDER BY seq', [id]);

  it('an endpoint is made, with a secret that is shown once and kept sealed', async () => {
    const made = await make({
      eventTypes: ['lead.created'],
      description: 'CRM',
      headers: { Authorization: 'Bearer t0p' },
    });
    expect(made.secret).toMatch(/^whsec_/);
    expect(Buffer.from(made.secret?.slice(6) ?? '', 'base64')).toHaveLength(32);
    expect(made).toMatchObject({
      ...{ kind: 'standard', url: URL, description: 'CRM', eventTypes: ['lead.created'], filters: [] },
      ...{ headerNames: ['authorization'], ordered: false, asymmetric: false, publicKey: null, enabled: false },
      maker: { id: ada.userId, name: 'Ada' },
    });
    const shown = await ada.get<Webhook>(`/api/webhooks/${made.id}`);
    expect(shown.body).toMatchObject({ id: made.id, backlog: { pending: 0, oldestAt: null } });
    const stored = JSON.stringify(
      await app.rows('SELECT w.*, s.* FROM webhooks w JOIN webhook_secrets s ON s.webhook_id = w.id WHERE w.id = $1', [
        made.id,
      ]),
    );
    const log = await events(made.id);
    expect(log).toMatchObject([{ type: 'webhook.created' }]);
    for (const text of [JSON.stringify(shown.body), stored, JSON.stringify(log)]) {
      expect(text).not.toContain(made.secret?.slice(6));
      expect(text).not.toContain('t0p');
    }
  });

  it('settings change one by one, and each change has its event', async () => {
    const made = await make();
    const path = `/api/webhooks/${made.id}`;
    const changed = await ada.patch<Webhook>(path, {
      ...{ eventTypes: ['message.sent'], ordered: true, asymmetric: true, description: null },
      filters: [{ field: 'data.lead.status', operator: '=', value: 'qualified' }],
    });
    expect(changed.body).toMatchObject({ ordered: true, publicKey: expect.stringMatching(/^whpk_/) });
    expect((await ada.patch<Webhook>(path, { ordered: true })).status).toBe(200);
    expect((await ada.patch<Webhook>(path, { enabled: true })).body.enabled).toBe(true);
    expect((await ada.patch<Webhook>(path, { enabled: false })).body).toMatchObject({ disabledReason: 'switched_off' });
    expect((await ada.delete(path)).status).toBe(204);
    expect((await ada.get(path)).status).toBe(404);
    expect((await events(made.id)).map(({ type }) => type)).toEqual([
      ...['webhook.created', 'webhook.updated', 'webhook.enabled', 'webhook.disabled', 'webhook.deleted'],
    ]);
  });

  it('who changes what leaves, or where to, is whose rights it leaves with', async () => {
    const made = await make();
    const cy = await app.colleagueOf(ada, 'admin', 'Cy');
    expect((await cy.patch<Webhook>(`/api/webhooks/${made.id}`, { description: 'x' })).body.maker.id).toBe(ada.userId);
    expect((await cy.patch<Webhook>(`/api/webhooks/${made.id}`, { eventTypes: ['lead.created'] })).body.maker.id).toBe(
      cy.userId,
    );
  });

  it('without the right nothing is shown or changed', async () => {
    const made = await make();
    const [manager, agent] = [await app.colleagueOf(ada, 'manager'), await app.colleagueOf(ada, 'agent')];
    expect((await manager.get(`/api/webhooks/${made.id}`)).status).toBe(200);
    const path = `/api/webhooks/${made.id}`;
    const tries = [
      await manager.post('/api/webhooks', { url: URL, eventTypes: [] }),
      await manager.patch(path, { description: 'x' }),
      await manager.delete(path),
      await manager.post(`${path}/rotate-secret`),
      await manager.post(`${path}/test`),
      await manager.post(`${path}/replay`, { after: 0 }),
      await agent.get('/api/webhooks'),
      await agent.get(path),
    ];
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
    const eve = await app.person('Eve');
    expect((await eve.get(path)).status).toBe(404);
    expect((await eve.post(`${path}/test`)).status).toBe(404);
  });

  it(`F25: after ${MOST_OLD_SECRETS} rotations within a day the next one is refused, and a day later it is not`, async () => {
    const made = await make();
    const rotate = () => ada.post<{ secret: string; oldUntil: string }>(`/api/webhooks/${made.id}/rotate-secret`);
    const secrets = new Set([made.secret]);
    for (let n = 0; n < MOST_OLD_SECRETS; n++) secrets.add((await rotate()).body.secret);
    expect(secrets.size).toBe(MOST_OLD_SECRETS + 1);
    expect(await rotate()).toMatchObject({ status: 409, body: { code: 'quota_reached' } });
    const one = await ada.get<Webhook>(`/api/webhooks/${made.id}`);
    expect(one.body.oldSecretsUntil).toHaveLength(MOST_OLD_SECRETS);
    await app.rows("UPDATE webhook_secrets SET retires_at = retires_at - interval '25 hours' WHERE webhook_id = $1", [
      made.id,
    ]);
    expect((await rotate()).status).toBe(200);
  });

  it(`A89: a workspace has ${MOST_WEBHOOKS} endpoints at most, also when they come at once`, async () => {
    const eve = await app.person('Eve');
    const body = { url: URL, eventTypes: [], enabled: false };
    const answers = await Promise.all(
      Array.from({ length: MOST_WEBHOOKS + 4 }, () => eve.post<Problem>('/api/webhooks', body)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(MOST_WEBHOOKS);
    expect(answers.filter((answer) => answer.body.code === 'quota_reached')).toHaveLength(4);
  });

  describe('A73 to A82: an address that may not be reached is refused when it is saved, always with the same words', () => {
    const BLOCKED = [
      ...['http://127.0.0.1', 'http://localhost', 'http://localhost.', 'http://[::1]', 'http://0', 'http://0.0.0.0'],
      ...['https://127.0.0.1', 'https://2130706433', 'https://0x7f000001', 'https://0177.0.0.1', 'https://127.1'],
      ...['https://017700000001', 'https://①②⑦.⓪.⓪.①', 'https://127。0。0。1', 'https://%31%32%37.0.0.1'],
      ...['https://[::ffff:127.0.0.1]', 'https://[::ffff:a9fe:a9fe]', 'https://[0:0:0:0:0:ffff:7f00:1]'],
      ...['https://[::127.0.0.1]', 'https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://[fe80::1]'],
      ...['http://169.254.169.254/latest', 'https://100.100.100.200', 'https://168.63.129.16', 'https://10.0.0.1'],
      ...['https://100.64.1.1', 'https://198.18.0.1', 'https://metadata.google.internal', 'https://192.168.0.1'],
      ...['https://user:pass@8.8.8.8/', 'https://example.com@127.0.0.1/', 'https://127.0.0.1\\@example.com/'],
      ...['https://1.1.1.1 &@2.2.2.2# @3.3.3.3/', 'https://8.8.8.8/#top', 'http://8.8.8.8/'],
      ...['gopher://8.8.8.8', 'file:///etc/passwd', 'ftp://8.8.8.8', 'unix:/var/run/x', 'data:text/plain,x', 'x'],
      ...['https://8.8.8.8:22', 'https://8.8.8.8:25', 'https://8.8.8.8:6379', 'https://8.8.8.8:5432'],
    ];

    it.each(BLOCKED)('%s', async (url) => {
      const made = await ada.post<Problem>('/api/webhooks', { url, eventTypes: [] });
      expect([made.status, made.body.code]).toEqual([400, 'address_not_allowed']);
      expect(made.body.detail).toMatch(/^Only public addresses can be reached.*OUTBOUND_ALLOW_CIDRS/);
    });

    it('and so it is when an endpoint is given another address, and the own public address', async () => {
      const made = await make();
      for (const url of ['https://127.0.0.1/', app.config.publicUrl]) {
        const changed = await ada.patch<Problem>(`/api/webhooks/${made.id}`, { url });
        expect([changed.status, changed.body.code]).toEqual([400, 'address_not_allowed']);
      }
    });
  });

  it.each([
    { Host: 'internal' },
    { 'Content-Length': '1' },
    { 'Transfer-Encoding': 'chunked' },
    { 'webhook-signature': 'v1,x' },
    { 'Webhook-Id': 'x' },
    { 'X-A': 'one\r\nX-B: two' },
    { 'x a': 'space' },
    { '': 'empty' },
    { 'X-A': 1 },
    { 'X-A': '1', 'x-a': '2' },
    { 'X-A': 'ü' },
    Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, '1'])),
  ])('A84: headers %j are refused', async (headers) => {
    const made = await ada.post<Problem>('/api/webhooks', { url: URL, eventTypes: [], headers });
    expect([made.status, made.body.code]).toEqual([400, 'invalid_input']);
  });

  it.each([
    [['*']],
    [['../']],
    [['session.started']],
    [['lead.created', 'lead.created']],
    [Array.from({ length: 10_000 }, () => 'lead.created')],
    ['lead.created'],
    [[...EVENT_TYPES]],
  ])('A91: event types %#  are refused', async (eventTypes) => {
    const made = await ada.post<Problem>('/api/webhooks', { url: URL, eventTypes });
    expect([made.status, made.body.code]).toEqual([400, 'invalid_input']);
  });

  it('an Idempotency-Key makes one endpoint, and its secret is not said twice', async () => {
    const headers = { 'idempotency-key': 'webhook-1' };
    const body = { url: URL, eventTypes: [], enabled: false };
    const [first, second] = [
      await ada.post<Made>('/api/webhooks', body, headers),
      await ada.post<Made>('/api/webhooks', body, headers),
    ];
    expect(second.body).toEqual({ ...first.body, secret: null });
  });
});
