import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, ReceiverAnswer, Reception, ReceptionDetail, WebhookReceiver } from '@threadline/contracts';
import { request } from 'undici';
import { Person, TestApp } from '../../../test';
import { OutboundFailure, OutboundHttp } from '../../platform/outbound';
import { Broadcast, type StateNews } from '../../platform/relay';

describe('a built-in receiver', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());
  afterEach(() => app.rows('DELETE FROM webhook_receivers'));

  const make = async (answer?: ReceiverAnswer): Promise<WebhookReceiver> => {
    const made = await ada.post<WebhookReceiver>('/api/webhook-bench/receivers');
    expect(made.status).toBe(201);
    if (answer) await ada.patch(`/api/webhook-bench/receivers/${made.body.id}`, { answer });
    return made.body;
  };
  const forget = ({ id }: WebhookReceiver) => ada.delete(`/api/webhook-bench/receivers/${id}`);
  const send = async (url: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const answer = await request(url, { method: 'POST', body, headers });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const deliver = (url: string, body = '{"a":1}', deadlineMs = 2_000) =>
    app.get(OutboundHttp).request({
      ...{ url, method: 'POST', body, deadlineMs, maxBytes: 16_384 },
      headers: { 'content-type': 'application/json', 'webhook-id': 'evt-1' },
    });
  const receptions = async ({ id }: WebhookReceiver) =>
    (await ada.get<{ items: Reception[] }>(`/api/webhook-bench/receivers/${id}/receptions`)).body.items;
  const detail = async (id = '') => (await ada.get<ReceptionDetail>(`/api/webhook-bench/receptions/${id}`)).body;

  it('has an address of this server that cannot be guessed, and keeps what is sent there, byte for byte', async () => {
    const receiver = await make();
    expect(receiver.url).toMatch(new RegExp(`^${app.config.publicUrl}/api/webhook-receivers/[\\w-]{43}$`));
    const body = '{"b": 1,  "a":"ü\\u00fc", "b": 2}';
    const answer = await send(receiver.url, body, { 'content-type': 'application/json', 'Webhook-Id': 'evt-7' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { received: true }]);
    const [kept] = await receptions(receiver);
    expect(kept).toMatchObject({
      method: 'POST',
      webhookId: 'evt-7',
      answeredStatus: 200,
      bytes: Buffer.byteLength(body),
    });
    const whole = await detail(kept?.id);
    expect(whole).toMatchObject({ body, encoding: 'utf8', cut: false });
    expect(whole.headers).toContainEqual({ name: 'Webhook-Id', value: 'evt-7' });
    const list = await ada.get<{ items: WebhookReceiver[] }>('/api/webhook-bench/receivers');
    expect(list.body.items).toEqual([
      expect.objectContaining({ id: receiver.id, kept: 1, lastReceivedAt: kept?.receivedAt }),
    ]);
  });

  it.each([
    ['no JSON', Buffer.from('{'), 'application/json', 'utf8'],
    ['a form', Buffer.from('a=b'), 'application/x-www-form-urlencoded', 'utf8'],
    ['no type', Buffer.from('x'), undefined, 'utf8'],
    ['no text', Buffer.from([0, 255, 254]), 'application/octet-stream', 'base64'],
    ['nothing', Buffer.alloc(0), 'text/plain', 'utf8'],
  ] as const)('takes whatever comes: %s', async (_, body, type, encoding) => {
    const receiver = await make();
    expect((await send(receiver.url, body, type ? { 'content-type': type } : {})).status).toBe(200);
    const whole = await detail((await receptions(receiver))[0]?.id);
    expect([whole.encoding, Buffer.from(whole.body, encoding)]).toEqual([encoding, body]);
  });

  it('keeps the beginning of what is long, and says so', async () => {
    const receiver = await make();
    await send(receiver.url, 'x'.repeat(70_000), { 'content-type': 'text/plain' });
    const whole = await detail((await receptions(receiver))[0]?.id);
    expect([whole.body.length, whole.bytes, whole.cut]).toEqual([65_536, 70_000, true]);
    expect((await send(receiver.url, 'x'.repeat(1_100_000))).status).toBe(413);
  });

  it.each([
    ['ok', 200],
    ['error', 500],
    ['busy', 429],
    ['gone', 410],
  ] as const)('told to answer %s answers %i, over HTTP and to our own deliveries', async (answer, status) => {
    const receiver = await make(answer);
    const outside = await send(receiver.url, 'x');
    const inside = await deliver(receiver.url);
    expect([outside.status, inside.status]).toEqual([status, status]);
    expect(inside.body.toString()).toBe(outside.text);
    expect([outside.headers['retry-after'], inside.headers['retry-after']]).toEqual(
      answer === 'busy' ? ['30', '30'] : [undefined, undefined],
    );
    expect((await receptions(receiver)).map((each) => each.answeredStatus)).toEqual([status, status]);
  });

  it('told to be slow is slower than a delivery waits', async () => {
    const receiver = await make('slow');
    await expect(deliver(receiver.url, '{}', 300)).rejects.toMatchObject({ reason: 'timeout' });
    await expect(deliver(receiver.url, '{}', 300)).rejects.toBeInstanceOf(OutboundFailure);
    expect(await receptions(receiver)).toHaveLength(2);
  });

  it('shows our own deliveries with the headers they were sent with', async () => {
    const receiver = await make();
    const answer = await deliver(receiver.url, '{"x":"é"}');
    expect([answer.status, answer.cut, answer.tookMs > 0]).toEqual([200, false, true]);
    const whole = await detail((await receptions(receiver))[0]?.id);
    expect(whole).toMatchObject({ body: '{"x":"é"}', webhookId: 'evt-1', bytes: 10 });
    expect(whole.headers).toContainEqual({ name: 'content-type', value: 'application/json' });
  });

  it('keeps the newest hundred, for a day', async () => {
    const receiver = await make();
    for (let n = 0; n < 104; n += 1) {
      if (n % 50 === 0) app.clock.advance(1_000);
      await deliver(receiver.url, `{"n":${n}}`);
    }
    const kept = await receptions(receiver);
    expect(kept).toHaveLength(100);
    expect((await detail(kept.at(-1)?.id)).body).toBe('{"n":4}');
    app.clock.advance(25 * 3_600_000);
    ada = await app.signIn(ada.session?.user.email ?? '');
    expect(await receptions(receiver)).toEqual([]);
    expect((await ada.get(`/api/webhook-bench/receptions/${kept[0]?.id}`)).status).toBe(404);
    await app.settle();
    const rows = await app.rows('SELECT id FROM webhook_receptions WHERE receiver_id = $1', [receiver.id]);
    expect(rows).toEqual([]);
  });

  it('does not take more than a hundred in a second', async () => {
    const receiver = await make();
    const statuses = (await Promise.all(Array.from({ length: 250 }, () => deliver(receiver.url)))).map(
      ({ status }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    app.clock.advance(1_000);
    expect((await deliver(receiver.url)).status).toBe(200);
  });

  it('screens are told that something came, those of its workspace', async () => {
    const receiver = await make();
    const heard: StateNews[] = [];
    const told = new Promise<void>((resolve) => {
      app.get(Broadcast).news$.subscribe((news) => {
        if (news.service !== 'webhooks' || !news.data.receiverIds.includes(receiver.id)) return;
        heard.push(news);
        resolve();
      });
    });
    await Promise.all([deliver(receiver.url), deliver(receiver.url), deliver(receiver.url)]);
    await told;
    expect(heard).toMatchObject([
      {
        workspaceId: ada.workspaceId,
        everywhere: true,
        data: { webhookIds: [], receiverIds: expect.arrayContaining([receiver.id]) },
      },
    ]);
  });

  it('is cleared and deleted, and what is done to it stands in the audit log', async () => {
    const receiver = await make('error');
    await deliver(receiver.url);
    expect((await ada.delete(`/api/webhook-bench/receivers/${receiver.id}/receptions`)).status).toBe(204);
    expect(await receptions(receiver)).toEqual([]);
    await deliver(receiver.url);
    expect((await forget(receiver)).status).toBe(204);
    expect((await send(receiver.url, 'x')).status).toBe(404);
    expect((await deliver(receiver.url)).status).toBe(404);
    const log = await app.rows<{ action: string }>(
      `SELECT action FROM audit_entries WHERE workspace_id = $1 AND action LIKE 'webhook_receiver.%' ORDER BY seq DESC LIMIT 4`,
      [ada.workspaceId],
    );
    expect(log.map(({ action }) => action).reverse()).toEqual([
      'webhook_receiver.created.v1',
      'webhook_receiver.changed.v1',
      'webhook_receiver.cleared.v1',
      'webhook_receiver.deleted.v1',
    ]);
  });

  it('a workspace has ten at most, also when they are asked for at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 13 }, () => ada.post<WebhookReceiver & Problem>('/api/webhook-bench/receivers')),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(10);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('quota_reached');
  });

  it('what comes is only for who sets webhooks up; another workspace finds nothing', async () => {
    const receiver = await make();
    await deliver(receiver.url);
    const [kept] = await receptions(receiver);
    const manager = await app.colleagueOf(ada, 'manager');
    const eve = await app.person('Eve');
    for (const path of [`receivers/${receiver.id}/receptions`, `receptions/${kept?.id}`]) {
      expect((await manager.get(`/api/webhook-bench/${path}`)).status).toBe(403);
      expect((await eve.get(`/api/webhook-bench/${path}`)).status).toBe(404);
    }
    expect((await manager.post('/api/webhook-bench/receivers')).status).toBe(403);
    expect((await eve.patch(`/api/webhook-bench/receivers/${receiver.id}`, { answer: 'ok' })).status).toBe(404);
    expect((await eve.get<{ items: object[] }>('/api/webhook-bench/receivers')).body.items).toEqual([]);
    const wrong = await ada.patch<Problem>(`/api/webhook-bench/receivers/${receiver.id}`, { answer: 'maybe' });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'answer']);
  });
});
