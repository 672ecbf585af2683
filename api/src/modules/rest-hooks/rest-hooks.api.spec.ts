import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Envelope, Page, Problem, Webhook } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { raise, REACHING } from '../webhooks/test-hooks';
import { Receiver } from '../webhooks/test-receiver';

interface Subscription {
  id: string;
  targetUrl: string;
  eventType: string;
  expiration_date?: string;
}

describe('subscribing by program', () => {
  let app: TestApp;
  let ada: Person;
  let receiver: Receiver;

  beforeAll(async () => {
    app = await TestApp.start(REACHING);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person();
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.stop());

  const subscribe = (more: object = {}, headers = {}) =>
    ada.post<Subscription & Problem>(
      '/api/hooks/rest',
      { targetUrl: receiver.url, eventType: 'lead.created', ...more },
      headers,
    );
  const hooks = async () => (await ada.get<Page<Webhook>>('/api/webhooks')).body.items;
  const logged = async (type: string) =>
    app.rows('SELECT 1 FROM events WHERE workspace_id = $1 AND type = $2', [ada.workspaceId, type]);

  it('posts each event of the one type to the address, until it is unsubscribed', async () => {
    const made = await subscribe();
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: made.body.id, targetUrl: receiver.url, eventType: 'lead.created' });
    expect(await hooks()).toMatchObject([{ id: made.body.id, url: receiver.url, eventTypes: ['lead.created'] }]);
    const leadId = await raise(ada);
    await app.settle();
    const [hit] = receiver.take();
    expect(JSON.parse(hit?.body ?? '')).toMatchObject({ type: 'lead.created', subject: { type: 'lead', id: leadId } });
    expect((await ada.delete(`/api/hooks/rest/${made.body.id}`)).status).toBe(204);
    expect((await ada.delete(`/api/hooks/rest/${made.body.id}`)).status).toBe(404);
    await raise(ada);
    await app.settle();
    expect(receiver.take()).toEqual([]);
    expect(await logged('webhook.created')).toHaveLength(1);
    expect(await logged('webhook.deleted')).toHaveLength(1);
  });

  it('works by an API key that may, and by none that may not', async () => {
    const key = async (permissions: string[]) =>
      (await ada.post<{ key: string | null }>('/api/api-keys', { name: 'Zapier', permissions })).body.key ?? '';
    const may = { authorization: `Bearer ${await key(['webhooks:read', 'webhooks:write', 'leads:read'])}` };
    const mayNot = { authorization: `Bearer ${await key(['webhooks:read'])}` };
    expect((await subscribe({}, may)).status).toBe(201);
    expect((await subscribe({}, mayNot)).status).toBe(403);
    const sample = await app.stranger.get('/api/hooks/rest/sample?eventType=lead.created', mayNot);
    expect(sample.status).toBe(200);
    expect((await app.stranger.get('/api/hooks/rest/sample?eventType=lead.created')).status).toBe(401);
  });

  it('ends when the receiver answers 410', async () => {
    const { body } = await subscribe();
    receiver.answer(410);
    await raise(ada);
    await app.settle();
    expect(await hooks()).toEqual([]);
    expect((await ada.delete(`/api/hooks/rest/${body.id}`)).status).toBe(404);
  });

  it('leaves an endpoint that a person made where it is, though it is gone', async () => {
    const made = await ada.post<Webhook>('/api/webhooks', { url: receiver.url, eventTypes: ['lead.created'] });
    receiver.answer(410);
    await raise(ada);
    await app.settle();
    expect(await hooks()).toMatchObject([{ id: made.body.id, disabledReason: 'gone' }]);
    expect((await ada.delete(`/api/hooks/rest/${made.body.id}`)).status).toBe(404);
  });

  it('ends by itself when it says so, under the name that Zapier looks for', async () => {
    const expiresAt = new Date(app.clock.millis() + 60_000).toISOString();
    const { body } = await subscribe({ expiresAt });
    expect(body.expiration_date).toBe(expiresAt);
    await app.settle();
    expect(await hooks()).toHaveLength(1);
    app.clock.advance(61_000);
    await app.settle();
    expect(await hooks()).toEqual([]);
    const past = await subscribe({ expiresAt: '2020-01-01T00:00:00.000Z' });
    expect(past.body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'expiresAt' }] });
  });

  it('gives the workspace’s own last events as samples, and a made-up one before there are any', async () => {
    const samples = async (type: string) =>
      (await ada.get<Envelope[]>(`/api/hooks/rest/sample?eventType=${type}`)).body;
    expect(await samples('lead.created')).toMatchObject([{ type: 'lead.created', workspaceId: ada.workspaceId }]);
    const ids = [];
    for (let count = 0; count < 4; count += 1) ids.unshift(await raise(ada));
    const own = await samples('lead.created');
    expect(own.map(({ subject }) => subject.id)).toEqual(ids.slice(0, 3));
    expect((await ada.get('/api/hooks/rest/sample?eventType=no.such')).status).toBe(400);
    const eve = await app.person('Eve');
    const theirs = await eve.get<Envelope[]>('/api/hooks/rest/sample?eventType=lead.created');
    expect(theirs.body).toHaveLength(1);
    expect(ids).not.toContain(theirs.body[0]?.subject.id);
  });

  it('refuses an address inside, and what is not known', async () => {
    const inside = await ada.post<Problem>('/api/hooks/rest', {
      targetUrl: 'https://10.0.0.1/hook',
      eventType: 'lead.created',
    });
    expect(inside.body.code).toBe('address_not_allowed');
    expect((await subscribe({ eventType: 'no.such' })).status).toBe(400);
    const eve = await app.person('Eve');
    const made = await subscribe();
    expect((await eve.delete(`/api/hooks/rest/${made.body.id}`)).status).toBe(404);
  });
});
