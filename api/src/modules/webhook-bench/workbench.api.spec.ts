import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AddressCheck,
  type CatalogueDetail,
  type CatalogueEntry,
  type Delivery,
  type DeliveryDetail,
  type Lead,
  type Page,
  type Problem,
  type Reception,
  type ReceptionDetail,
  type Webhook,
  WEBHOOK_EVENT_TYPES,
  type WebhookFigures,
  type WebhookReceiver,
} from '@threadline/contracts';
import { Webhook as Verifier } from 'standardwebhooks';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { Broadcast, type StateNews } from '../../platform/relay';
import { exampleEvent } from './catalogue/example.rules';

describe('the webhook workbench', () => {
  let app: TestApp;
  let ada: Person;
  let receiver: WebhookReceiver;
  let endpoint: Webhook & { secret: string };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    receiver = (await ada.post<WebhookReceiver>('/api/webhook-bench/receivers')).body;
    const made = await ada.post<typeof endpoint>('/api/webhooks', {
      url: receiver.url,
      eventTypes: ['lead.created', 'lead.status_changed'],
    });
    expect(made.status).toBe(201);
    endpoint = made.body;
  });
  afterAll(() => app?.stop());

  const receptions = async () =>
    (await ada.get<{ items: Reception[] }>(`/api/webhook-bench/receivers/${receiver.id}/receptions`)).body.items;
  const figures = async (query = '') =>
    (await ada.get<WebhookFigures>(`/api/webhook-bench/figures/${endpoint.id}${query}`)).body;
  const deliveries = async () => (await ada.get<Page<Delivery>>(`/api/webhooks/${endpoint.id}/deliveries`)).body.items;

  it('an event is delivered to a receiver of this server, signed, with the bytes that are shown', async () => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin' })).body;
    await app.settle();
    const [got] = await receptions();
    const whole = (await ada.get<ReceptionDetail>(`/api/webhook-bench/receptions/${got?.id}`)).body;
    const headers = Object.fromEntries(whole.headers.map(({ name, value }) => [name.toLowerCase(), value]));
    expect(new Verifier(endpoint.secret).verify(whole.body, headers)).toMatchObject({
      type: 'lead.created',
      subject: { id: lead.id },
    });
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ status: 'delivered', eventId: got?.webhookId });
    const sent = (await ada.get<DeliveryDetail>(`/api/webhooks/deliveries/${delivery?.id}`)).body;
    expect(sent.payload).toBe(whole.body);
    expect(sent.attempts[0]?.responseBody).toBe('{"received":true}');
  });

  it('one that fails waits for another try, and the figures say how the endpoint does', async () => {
    await ada.patch(`/api/webhook-bench/receivers/${receiver.id}`, { answer: 'error' });
    await ada.post('/api/leads', { name: 'Mo' });
    await app.settle();
    const [newest] = await deliveries();
    expect(newest).toMatchObject({ status: 'pending', nextAttemptAt: expect.any(String) });
    expect(newest?.attempts[0]).toMatchObject({ responseStatus: 500, error: expect.any(String) });
    const failed = newest?.attempts.length ?? 0;
    const day = await figures();
    expect(day).toMatchObject({ webhookId: endpoint.id, delivered: 1, failed, pending: 1, p95: expect.any(Number) });
    expect(day.successRate).toBeCloseTo(100 / (1 + failed));
    expect(day.hours).toHaveLength(24);
    const sum = day.hours.reduce((all, { delivered, failed: bad }) => all + delivered + bad, 0);
    expect(sum).toBe(1 + failed);
    expect((await figures('?hours=168')).hours).toHaveLength(168);
    expect(await figures('?hours=169')).toMatchObject({ code: 'invalid_input' });
    const all = await ada.get<{ items: WebhookFigures[] }>('/api/webhook-bench/figures');
    expect(all.body.items).toEqual([day]);
    await ada.patch(`/api/webhook-bench/receivers/${receiver.id}`, { answer: 'ok' });
  });

  it('an endpoint that nothing was sent to has no rate', async () => {
    const quiet = (await ada.post<Webhook>('/api/webhooks', { url: receiver.url, eventTypes: ['team.created'] })).body;
    const { body } = await ada.get<WebhookFigures>(`/api/webhook-bench/figures/${quiet.id}`);
    expect(body).toMatchObject({ delivered: 0, failed: 0, successRate: null, p50: null, p95: null, pending: 0 });
    await ada.delete(`/api/webhooks/${quiet.id}`);
  });

  it('the catalogue names every type that leaves by webhook, in words', async () => {
    const { body } = await ada.get<{ items: CatalogueEntry[] }>('/api/webhook-bench/event-types');
    expect(body.items.map(({ type }) => type)).toEqual(WEBHOOK_EVENT_TYPES);
    expect(body.items.find(({ type }) => type === 'lead.created')).toEqual({
      type: 'lead.created',
      group: 'lead',
      description: 'A lead was created.',
    });
  });

  it('a type has a schema, and for a sample the newest of one’s own', async () => {
    const { body } = await ada.get<CatalogueDetail>('/api/webhook-bench/event-types/lead.created');
    expect(body.own).toBe(true);
    expect(body.sample).toMatchObject({ type: 'lead.created', data: { lead: { name: 'Mo' } } });
    expect(body.schema).toMatchObject({ type: 'object', required: ['lead'], $defs: { Lead: { type: 'object' } } });
    const never = await ada.get<CatalogueDetail>('/api/webhook-bench/event-types/message.replied');
    expect(never.body).toMatchObject({
      own: false,
      sample: { type: 'message.replied', workspaceId: ada.workspaceId, data: { message: { channel: 'email' } } },
    });
    for (const name of ['session.started', 'lead.eaten', '__proto__']) {
      expect((await ada.get(`/api/webhook-bench/event-types/${name}`)).status).toBe(404);
    }
  });

  it('a sample is never one that the reader may not see', async () => {
    const narrow = await app.colleagueOf(ada, {
      permissions: ['webhooks:read', 'leads:read'],
      scopes: { leads: 'own', conversations: 'own' },
    });
    const blind = await app.colleagueOf(ada, { permissions: ['webhooks:read'] });
    for (const person of [narrow, blind]) {
      const { body } = await person.get<CatalogueDetail>('/api/webhook-bench/event-types/lead.created');
      expect(body.own).toBe(false);
      expect(JSON.stringify(body.sample)).not.toMatch(/Mo|Lin"/);
    }
    const own = (await ada.post<Lead>('/api/leads', { name: 'Theirs' })).body;
    await app.rows('UPDATE leads SET owner_id = $2 WHERE id = $1', [own.id, narrow.userId]);
    const { body } = await narrow.get<CatalogueDetail>('/api/webhook-bench/event-types/lead.created');
    expect(body).toMatchObject({ own: true, sample: { subject: { id: own.id } } });
  });

  it('an example can be made of every type', () => {
    for (const type of WEBHOOK_EVENT_TYPES) {
      const { data } = exampleEvent(type, ada.workspaceId);
      expect(Object.keys(data).length).toBeGreaterThan(0);
      expect(JSON.stringify(data)).not.toContain('undefined');
    }
  });

  it('an address is judged before it is saved, and called only when that is asked for', async () => {
    const check = async (body: object, by = ada) =>
      (await by.post<AddressCheck & Problem>('/api/webhook-bench/check-address', body)).body;
    expect(await check({ url: receiver.url })).toEqual({
      ...{ allowed: true, reachable: null, status: null, durationMs: null, problem: null },
    });
    expect(await check({ url: receiver.url, call: true })).toMatchObject({
      allowed: true,
      reachable: true,
      status: 200,
    });
    const inside = ['http://127.0.0.1/', `${app.url}/api/leads`, 'https://10.0.0.1/hook', 'no address'];
    const words = await Promise.all(inside.map(async (url) => (await check({ url, call: true })).problem));
    expect(new Set(words).size).toBe(1);
    expect(words[0]).toContain('public addresses');
    const manager = await app.colleagueOf(ada, 'manager');
    expect((await check({ url: receiver.url }, manager)).code).toBe('forbidden');
  });

  it('screens that watch are told when a delivery has moved, and nobody looks for those who do not', async () => {
    const broadcast = app.get(Broadcast);
    const heard: StateNews[] = [];
    broadcast.news$.subscribe((news) => heard.push(news));
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const ours = () =>
      heard.filter((news) => news.service === 'webhooks' && news.data.webhookIds.includes(endpoint.id));
    broadcast.listenersAre((workspaceId, service) => workspaceId === ada.workspaceId && service === 'webhooks');
    await broadcast.newestFor('webhooks', systemActor(ada.workspaceId, 'test'));
    await until(() => ours().length > 0);
    const before = ours().length;
    await ada.post('/api/leads', { name: 'Watched' });
    await app.settle();
    await until(() => ours().length > before);
    expect(ours().every((news) => news.workspaceId === ada.workspaceId)).toBe(true);
  }, 15_000);

  it('figures and catalogue are for who may see webhooks; another workspace’s endpoint is not there', async () => {
    const agent = await app.colleagueOf(ada, 'agent');
    const eve = await app.person('Eve');
    for (const path of ['figures', `figures/${endpoint.id}`, 'event-types', 'event-types/lead.created']) {
      expect((await agent.get(`/api/webhook-bench/${path}`)).status).toBe(403);
    }
    expect((await eve.get(`/api/webhook-bench/figures/${endpoint.id}`)).status).toBe(404);
    expect((await eve.get<{ items: object[] }>('/api/webhook-bench/figures')).body.items).toEqual([]);
  });
});
