import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryDetail, Member, Page, Webhook, WebhookTest } from '@threadline/contracts';
import { Webhook as Verifier } from 'standardwebhooks';
import { type Person, TestApp } from '../../../../test';
import { type Hit, Receiver } from '../test-receiver';
import { deliveriesOf, hookOf, raise, REACHING } from '../test-hooks';
import { DeliveryHistory } from './delivery.history';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('deliveries', () => {
  let app: TestApp;
  let ada: Person;
  let receiver: Receiver;

  beforeAll(async () => {
    app = await TestApp.start(REACHING);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    ada = await app.person();
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.stop());

  const open = <T>(secret: string, hit: Hit | undefined) =>
    new Verifier(secret).verify(hit?.body ?? '', hit?.headers as Record<string, string>) as T;

  it('an event arrives as GET /api/events shows it, signed as Standard Webhooks says', async () => {
    const hook = await hookOf(ada, receiver.url, { headers: { 'X-Api-Key': 't0p' } });
    const lead = await raise(ada);
    await app.settle();
    const hits = receiver.take();
    expect(hits).toHaveLength(1);
    const event = open<{ id: string }>(hook.secret, hits[0]);
    const log = await ada.get<Page<object>>('/api/events?after=0&types=lead.created');
    expect(log.body.items).toContainEqual(event);
    expect(hits[0]?.headers).toMatchObject({ 'webhook-id': event.id, 'x-api-key': 't0p' });
    const [delivery] = await deliveriesOf(ada, hook.id);
    expect(delivery).toMatchObject({
      ...{ eventId: event.id, eventType: 'lead.created', status: 'delivered', nextAttemptAt: null },
      attempts: [{ responseStatus: 200, responseBody: 'thank you', requestHeaders: { 'webhook-id': event.id } }],
    });
    expect(JSON.stringify(delivery)).not.toContain('t0p');
    const detail = await ada.get<DeliveryDetail>(`/api/webhooks/deliveries/${delivery?.id}`);
    expect(detail.body.payload).toBe(hits[0]?.body);
    expect(event).toMatchObject({ subject: { id: lead } });
  });

  it('only what is asked for is delivered: types, conditions, and nothing from before', async () => {
    await raise(ada);
    const filters = [{ field: 'data.lead.status', operator: '=', value: 'qualified' }];
    const hook = await hookOf(ada, receiver.url, { filters });
    await raise(ada, { status: 'new' });
    const wanted = await raise(ada, { status: 'qualified' });
    await ada.patch(`/api/leads/${wanted}`, { company: 'Sons' });
    await app.settle();
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual(['delivered']);
    expect(receiver.take()).toHaveLength(1);
  });

  it('nothing is delivered that the maker may not see at that time, by right or by reach', async () => {
    const narrow = await app.colleagueOf(ada, {
      permissions: ['leads:read', 'leads:write', 'webhooks:read', 'webhooks:write', 'workspace:read'],
      scopes: { leads: 'own', conversations: 'own' },
    });
    const hook = await hookOf(narrow, receiver.url, { eventTypes: [] });
    const hidden = await raise(ada, { name: 'Canary' });
    const theirs = await raise(narrow);
    await ada.post(`/api/leads/${theirs}/messages`, { channel: 'email', content: 'Hello' });
    await app.settle();
    const bodies = receiver.take().map(({ body }) => body);
    expect(bodies.join()).not.toContain('Canary');
    expect(bodies.join()).not.toContain(hidden);
    expect(new Set(bodies.map((body) => (JSON.parse(body) as { type: string }).type))).toEqual(
      new Set(['lead.created']),
    );
    // Whoever sees the webhook but not the event sees that there was a delivery, and not what was in it.
    const other = await hookOf(ada, receiver.url);
    await raise(ada, { name: 'Canary' });
    await app.settle();
    const [delivery] = await deliveriesOf(narrow, other.id);
    const detail = await narrow.get<DeliveryDetail>(`/api/webhooks/deliveries/${delivery?.id}`);
    expect(detail.body.payload).toBeNull();
    expect(hook.maker.id).toBe(narrow.userId);
  });

  it('an endpoint made by an API key gets no more than the key may see', async () => {
    const key = await ada.post<{ key: string }>('/api/api-keys', { name: 'Zap', permissions: ['webhooks:write'] });
    const made = await ada.post<Webhook>(
      '/api/webhooks',
      { url: receiver.url, eventTypes: [] },
      { authorization: `Bearer ${key.body.key}` },
    );
    expect(made.status).toBe(201);
    await raise(ada);
    await app.settle();
    expect(receiver.take()).toEqual([]);
  });

  it('A92, F39: with its maker an endpoint ends, and what waits is not sent', async () => {
    const cy = await app.colleagueOf(ada, 'admin');
    const hook = await hookOf(cy, receiver.url);
    receiver.answer(500);
    await raise(ada);
    await app.settle();
    expect(receiver.take()).toHaveLength(1);
    const members = await ada.get<Page<{ id: string; userId: string }>>('/api/members');
    const member = members.body.items.find(({ userId }) => userId === cy.userId);
    expect((await ada.delete(`/api/members/${member?.id}`)).status).toBeLessThan(300);
    app.clock.advance(MINUTE);
    await raise(ada);
    await app.settle();
    expect(receiver.take()).toEqual([]);
    const shown = await ada.get<Webhook>(`/api/webhooks/${hook.id}`);
    expect(shown.body).toMatchObject({ enabled: false, disabledReason: 'maker_left' });
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual(['cancelled']);
  });

  it('A80, F21: a redirect is a failure, and its target is never called', async () => {
    const target = await Receiver.start();
    const hook = await hookOf(ada, receiver.url);
    for (const status of [301, 302, 307, 308]) {
      receiver.answer(status, { location: target.url, refresh: `0; url=${target.url}` });
      await raise(ada);
      await app.settle();
      const [delivery] = await deliveriesOf(ada, hook.id);
      expect(delivery).toMatchObject({ status: 'pending', attempts: [{ responseStatus: status }] });
    }
    expect(target.take()).toEqual([]);
    await target.stop();
  });

  it('A83: an address that was changed behind our back is checked again at every attempt', async () => {
    const hook = await hookOf(ada, receiver.url);
    await app.rows("UPDATE webhooks SET url = 'http://169.254.169.254/latest' WHERE id = $1", [hook.id]);
    await raise(ada);
    await app.settle();
    const [delivery] = await deliveriesOf(ada, hook.id);
    expect(delivery?.attempts).toMatchObject([
      { responseStatus: null, error: expect.stringMatching(/^Only public addresses can be reached/) },
    ]);
    expect(receiver.take()).toEqual([]);
  });

  it('A87, A88: a test answers what the receiver said as text, and to what may not be reached always the same', async () => {
    const hook = await hookOf(ada, receiver.url, { enabled: false });
    receiver.answer(200, { 'content-type': 'text/html' }, '<script>alert(1)</script>\0'.padEnd(20_000, 'x'));
    const test = await ada.post<WebhookTest>(`/api/webhooks/${hook.id}/test`);
    expect(test).toMatchObject({ status: 200, body: { delivered: true, responseStatus: 200 } });
    expect(Buffer.byteLength(test.body.responseBody)).toBeLessThanOrEqual(4 * 1024 + 2);
    expect(open(hook.secret, receiver.take()[0])).toEqual(JSON.parse(test.body.payload));
    expect(await deliveriesOf(ada, hook.id)).toEqual([]);
    const answers = [];
    for (const url of ['http://10.0.0.1/', 'http://169.254.169.254:1/', 'ftp://x']) {
      await app.rows('UPDATE webhooks SET url = $2 WHERE id = $1', [hook.id, url]);
      const { body: attempt } = await ada.post<WebhookTest>(`/api/webhooks/${hook.id}/test`);
      expect(attempt.durationMs).toBeGreaterThanOrEqual(240);
      answers.push(attempt.error);
    }
    expect(new Set(answers).size).toBe(1);
  });

  it('F25: both secrets sign for a day after a rotation, and then only the new one', async () => {
    const hook = await hookOf(ada, receiver.url, { asymmetric: true });
    const rotated = await ada.post<{ secret: string }>(`/api/webhooks/${hook.id}/rotate-secret`);
    await raise(ada);
    await app.settle();
    const [hit] = receiver.take();
    expect(open(hook.secret, hit)).toEqual(open(rotated.body.secret, hit));
    expect(String(hit?.headers['webhook-signature']).split(' ')).toHaveLength(4);
    await app.rows(
      "UPDATE webhook_secrets SET retires_at = retires_at - interval '25 hours' WHERE retires_at IS NOT NULL",
    );
    await raise(ada);
    await app.settle();
    const [later] = receiver.take();
    expect(open(rotated.body.secret, later)).toMatchObject({ type: 'lead.created' });
    expect(() => open(hook.secret, later)).toThrow();
  });

  it('strict order: a failed delivery holds up its conversation, shows the backlog, and no other conversation', async () => {
    const hook = await hookOf(ada, receiver.url, { eventTypes: ['lead.created', 'lead.updated'], ordered: true });
    receiver.answers = (response, { body }) => response.writeHead(body.includes('Held') ? 500 : 200).end();
    const [first, second] = [await raise(ada, { name: 'Held' }), await raise(ada)];
    for (const company of ['A', 'B', 'C']) await ada.patch(`/api/leads/${first}`, { company });
    await ada.patch(`/api/leads/${second}`, { company: 'A' });
    await app.settle();
    const told = (id: string) => receiver.take().flatMap(({ body }) => (body.includes(id) ? [seqOf(body)] : []));
    const seqOf = (body: string) => (JSON.parse(body) as { seq: number }).seq;
    const hits = receiver.take().map(({ body }) => body);
    expect(hits.filter((body) => body.includes(first))).toHaveLength(1);
    expect(hits.filter((body) => body.includes(second))).toHaveLength(2);
    const shown = await ada.get<{ backlog: object }>(`/api/webhooks/${hook.id}`);
    expect(shown.body.backlog).toMatchObject({ pending: 4, oldestAt: expect.any(String) });
    receiver.ok();
    app.clock.advance(10_000);
    await app.settle();
    const seqs = told(first);
    expect(seqs).toHaveLength(4);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('redelivering sends the same id and bytes once more, and only once', async () => {
    const hook = await hookOf(ada, receiver.url);
    await raise(ada);
    await app.settle();
    const [delivery] = await deliveriesOf(ada, hook.id);
    receiver.answers = (response) => response.writeHead(500).end();
    expect(await ada.post(`/api/webhooks/deliveries/${delivery?.id}/redeliver`)).toMatchObject({ status: 202 });
    await app.settle();
    const [first, again] = receiver.take();
    expect(again?.body).toBe(first?.body);
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const [after] = await deliveriesOf(ada, hook.id);
    // It had arrived: that it failed this time does not undo it.
    expect(after).toMatchObject({ status: 'delivered', nextAttemptAt: null, attempts: [{}, { responseStatus: 500 }] });
    app.clock.advance(HOUR);
    await app.settle();
    expect(receiver.take()).toEqual([]);
  });

  it('a stretch of the log is replayed after a look at how many it is: all of it, or what did not arrive', async () => {
    await raise(ada);
    await raise(ada);
    const hook = await hookOf(ada, receiver.url);
    receiver.answer(200, {});
    await raise(ada);
    await app.settle();
    receiver.answers = (response) => response.writeHead(500, { 'webhook-delivery': 'abort-message' }).end();
    await raise(ada);
    await app.settle();
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual(['failed', 'delivered']);
    receiver.take();
    receiver.ok();
    const path = `/api/webhooks/${hook.id}/replay`;
    expect((await ada.post(`${path}/preview`, { after: 0 })).body).toEqual({ deliveries: 4 });
    expect((await ada.post(`${path}/preview`, { after: 0, status: 'failed' })).body).toEqual({ deliveries: 1 });
    expect(receiver.take()).toEqual([]);
    expect(await ada.post(path, { after: 0, status: 'failed' })).toMatchObject({
      status: 202,
      body: { deliveries: 1 },
    });
    await app.settle();
    expect(receiver.take()).toHaveLength(1);
    expect(await ada.post(path, { after: 0 })).toMatchObject({ status: 202, body: { deliveries: 4 } });
    await app.settle();
    expect(receiver.take()).toHaveLength(4);
    const list = await deliveriesOf(ada, hook.id, '?status=delivered');
    expect(list).toHaveLength(4);
    const types = await app.rows('SELECT 1 FROM events WHERE type = $1 AND subject_id = $2', [
      'webhook.replayed',
      hook.id,
    ]);
    expect(types).toHaveLength(2);
  });

  it('the history is paged by keyset, filtered, and tidied away after thirty days', async () => {
    const hook = await hookOf(ada, receiver.url, { eventTypes: [] });
    for (let n = 0; n < 5; n++) await raise(ada);
    await app.settle();
    const path = `/api/webhooks/${hook.id}/deliveries`;
    const first = await ada.get<Page<{ id: string }>>(`${path}?limit=3&eventType=lead.created`);
    const second = await ada.get<Page<{ id: string }>>(
      `${path}?limit=3&eventType=lead.created&cursor=${first.body.nextCursor}`,
    );
    expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([3, 2, null]);
    expect(await deliveriesOf(ada, hook.id, '?status=failed')).toEqual([]);
    expect(await deliveriesOf(ada, hook.id, `?to=${new Date(0).toISOString()}`)).toEqual([]);
    await app.rows("UPDATE webhook_deliveries SET created_at = created_at - interval '31 days' WHERE webhook_id = $1", [
      hook.id,
    ]);
    expect(await app.get(DeliveryHistory).tidy()).toBeGreaterThanOrEqual(5);
    expect(await deliveriesOf(ada, hook.id)).toEqual([]);
  });

  it('Slack and Discord get words, by the same engine', async () => {
    await hookOf(ada, `${receiver.url}/slack`, { kind: 'slack' });
    await hookOf(ada, `${receiver.url}/discord`, { kind: 'discord' });
    await raise(ada, { name: 'Lin & Sons' });
    await app.settle();
    const hits = new Map(receiver.take().map((hit) => [hit.path, hit]));
    expect(JSON.parse(hits.get('/hook/slack')?.body ?? '{}')).toMatchObject({
      text: expect.stringContaining('Lin &amp; Sons'),
    });
    expect(JSON.parse(hits.get('/hook/discord')?.body ?? '{}')).toMatchObject({
      embeds: [{ description: 'Lin & Sons' }],
    });
    expect(hits.get('/hook/slack')?.headers).not.toHaveProperty('webhook-signature');
  });

  it('words name who has left as they were called then', async () => {
    const ben = await app.colleagueOf(ada, 'agent', 'Ben Before');
    await raise(ben);
    await app.settle();
    const members = await ada.get<{ items: Member[] }>('/api/members');
    const id = members.body.items.find(({ userId }) => userId === ben.userId)?.id;
    expect((await ada.delete(`/api/members/${id}`)).status).toBe(204);
    await app.rows(`UPDATE users SET name = 'Ben Behind' WHERE id = $1`, [ben.userId]);
    const hook = await hookOf(ada, receiver.url, { kind: 'slack' });
    expect((await ada.post(`/api/webhooks/${hook.id}/replay`, { after: 0 })).status).toBe(202);
    await app.settle();
    const [hit] = receiver.take();
    expect(hit?.body).toContain('Ben Before');
    expect(hit?.body).not.toContain('Ben Behind');
  });
});
