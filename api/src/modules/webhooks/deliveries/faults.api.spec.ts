import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Webhook } from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';
import { deliveriesOf, hookOf, raise, REACHING, setDeadline } from '../test-hooks';
import { Receiver } from '../test-receiver';
import { SCHEDULE } from './delivery-retry.rules';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** How long a receiver that hangs is waited for. */
const SHORT_MS = 1_500;

describe('receivers that misbehave', () => {
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
    setDeadline(app);
  });
  afterEach(() => receiver.stop());

  const mails = (kind: string) =>
    app.rows<{ to_address: string }>('SELECT to_address FROM account_mails WHERE workspace_id = $1 AND kind = $2', [
      ada.workspaceId,
      kind,
    ]);
  const types = async (id: string) =>
    (await app.rows<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [id])).map(
      ({ type }) => type,
    );
  /** Tokens do not outlive the days that pass here. */
  const later = async (milliseconds: number) => {
    app.clock.advance(milliseconds);
    ada = await app.signIn(ada.session?.user.email ?? '');
  };

  it('F17: a slow answer within the deadline is a success', async () => {
    setDeadline(app, 5_000);
    const hook = await hookOf(ada, receiver.url);
    receiver.answers = (response) => void setTimeout(() => response.end(), 2_000);
    await raise(ada);
    await app.settle();
    expect(await deliveriesOf(ada, hook.id)).toMatchObject([{ status: 'delivered', attempts: [{}] }]);
  });

  it('F18: who accepts and says nothing is given up at the deadline, and tried again after a minute at least', async () => {
    setDeadline(app, SHORT_MS);
    const hook = await hookOf(ada, receiver.url);
    receiver.answers = () => undefined;
    await raise(ada);
    await app.settle();
    const [delivery] = await deliveriesOf(ada, hook.id);
    const [attempt] = delivery?.attempts ?? [];
    expect(attempt).toMatchObject({ responseStatus: null, error: 'The server took too long to answer.' });
    expect(attempt?.durationMs).toBeGreaterThanOrEqual(SHORT_MS - 50);
    const pause = Date.parse(delivery?.nextAttemptAt ?? '') - Date.parse(attempt?.at ?? '');
    expect(pause).toBeGreaterThanOrEqual(60_000);
    expect(pause).toBeLessThan(60_000 + SHORT_MS + 5_000);
  });

  it('F19: a body that drips is cut at the deadline, an endless one at what is read', async () => {
    setDeadline(app, SHORT_MS);
    const hook = await hookOf(ada, receiver.url);
    let written = 0;
    receiver.answers = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 100);
      response.on('close', () => clearInterval(drip));
    };
    await raise(ada);
    await app.settle();
    setDeadline(app);
    receiver.answers = (response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const pour = () => {
        while (!response.destroyed && written < 10_000_000_000 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', pour);
      pour();
    };
    await raise(ada);
    await app.settle();
    const [endless, dripping] = await deliveriesOf(ada, hook.id);
    expect(dripping).toMatchObject({ status: 'pending', attempts: [{ error: 'The server took too long to answer.' }] });
    expect(endless).toMatchObject({ status: 'delivered' });
    expect(endless?.attempts[0]?.responseBody).toHaveLength(4 * 1024);
    expect(written).toBeLessThan(20_000_000);
  });

  it('F20: through hours of errors every event waits by the schedule, and all arrive afterwards, with the same bytes', async () => {
    const hook = await hookOf(ada, receiver.url);
    receiver.answer(500);
    await raise(ada);
    await app.settle();
    for (const step of SCHEDULE.slice(1, 5)) {
      app.clock.advance(step * 1.2 + 2_000);
      await app.settle();
    }
    const tries = receiver.take();
    expect(tries).toHaveLength(5);
    expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(tries.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5);
    expect(await mails('webhook_failing')).toHaveLength(1);
    await later(30_000);
    await raise(ada);
    receiver.ok();
    await app.settle();
    // The newest is not held up by the old one, whose next try is hours away.
    const [newest, oldest] = await deliveriesOf(ada, hook.id);
    expect([newest?.status, oldest?.status]).toEqual(['delivered', 'pending']);
    await later(7 * HOUR);
    await app.settle();
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    expect(await types(hook.id)).toEqual(['webhook.created', 'webhook.failing', 'webhook.recovered']);
    expect(await mails('webhook_recovered')).toHaveLength(1);
  });

  it('a delivery is given up after its tenth try', async () => {
    const hook = await hookOf(ada, receiver.url);
    receiver.answer(500);
    await raise(ada);
    await app.settle();
    for (const step of SCHEDULE.slice(1)) {
      app.clock.advance(step * 1.2 + 2_000);
      await app.settle();
    }
    await later(2_000);
    const [delivery] = await deliveriesOf(ada, hook.id);
    expect(delivery).toMatchObject({ status: 'failed', nextAttemptAt: null });
    expect(delivery?.attempts).toHaveLength(10);
  });

  it('F22: 410 disables at once; what waits is cancelled, its people are told, and all of it can be replayed', async () => {
    const hook = await hookOf(ada, receiver.url);
    receiver.answer(500);
    await raise(ada);
    await app.settle();
    receiver.answer(410);
    await raise(ada);
    await app.settle();
    const shown = await ada.get<Webhook>(`/api/webhooks/${hook.id}`);
    expect(shown.body).toMatchObject({ enabled: false, disabledReason: 'gone' });
    expect((await deliveriesOf(ada, hook.id)).map(({ status }) => status)).toEqual(['failed', 'cancelled']);
    expect(await mails('webhook_disabled')).toEqual([{ to_address: ada.session?.user.email }]);
    await raise(ada);
    await app.settle();
    receiver.take();
    receiver.ok();
    expect((await ada.post(`/api/webhooks/${hook.id}/replay`, { after: 0 })).status).toBe(409);
    await ada.patch(`/api/webhooks/${hook.id}`, { enabled: true });
    await ada.post(`/api/webhooks/${hook.id}/replay`, { after: 0 });
    await app.settle();
    expect(receiver.take()).toHaveLength(3);
    expect(await types(hook.id)).toEqual([
      ...['webhook.created', 'webhook.disabled', 'webhook.enabled', 'webhook.replayed'],
    ]);
  });

  it('a receiver may ask for no further tries of one message', async () => {
    const hook = await hookOf(ada, receiver.url);
    receiver.answer(503, { 'webhook-delivery': 'abort-message' });
    await raise(ada);
    await app.settle();
    expect(await deliveriesOf(ada, hook.id)).toMatchObject([{ status: 'failed', attempts: [{ responseStatus: 503 }] }]);
    expect((await ada.get<Webhook>(`/api/webhooks/${hook.id}`)).body.enabled).toBe(true);
  });

  it('F24: five days of nothing but failures disable, once and with one mail; a single success begins the count anew', async () => {
    const hook = await hookOf(ada, receiver.url);
    const shown = async () => (await ada.get<Webhook>(`/api/webhooks/${hook.id}`)).body;
    receiver.answer(500);
    await raise(ada);
    await app.settle();
    expect((await shown()).failingSince).not.toBeNull();
    await later(4.9 * DAY);
    receiver.ok();
    await raise(ada);
    await app.settle();
    expect((await shown()).failingSince).toBeNull();
    receiver.answer(500);
    for (const pause of [0, 4 * DAY]) {
      await later(pause);
      await raise(ada);
      await app.settle();
      expect((await shown()).enabled).toBe(true);
    }
    await later(1.1 * DAY);
    await raise(ada);
    await raise(ada);
    await app.settle();
    expect(await shown()).toMatchObject({ enabled: false, disabledReason: 'failing' });
    expect(await mails('webhook_disabled')).toHaveLength(1);
    expect((await types(hook.id)).filter((type) => type === 'webhook.disabled')).toHaveLength(1);
    receiver.ok();
    receiver.take();
    // What happened after the disabling left no delivery: whether the last two events are among these depends on the moment.
    const lost = (await deliveriesOf(ada, hook.id)).filter(({ status }) => status !== 'delivered');
    expect(lost.length).toBeGreaterThanOrEqual(2);
    await ada.patch(`/api/webhooks/${hook.id}`, { enabled: true });
    await ada.post(`/api/webhooks/${hook.id}/replay`, { after: 0, status: 'failed' });
    await app.settle();
    expect(receiver.take()).toHaveLength(lost.length);
  });

  it('who hangs starves nobody: all others are served before the first attempt to it is given up', async () => {
    setDeadline(app, 6_000);
    const hanging = await Receiver.start(() => undefined);
    const healthy = await Promise.all(Array.from({ length: 9 }, () => Receiver.start()));
    for (const each of [hanging, ...healthy]) await hookOf(ada, each.url);
    await Promise.all(Array.from({ length: 20 }, () => raise(ada)));
    const began = performance.now();
    await app.settle();
    const hits = healthy.map((each) => each.take());
    expect(hits.map((each) => each.length)).toEqual(healthy.map(() => 20));
    expect(Math.max(...hits.flat().map(({ at }) => at)) - began).toBeLessThan(6_000);
    // It gets five attempts at a time until five have failed, and is only felt for afterwards.
    expect(hanging.take().length).toBeLessThanOrEqual(9);
    await Promise.all([hanging, ...healthy].map((each) => each.stop()));
  }, 60_000);

  it('one endpoint never gets more than five at a time, one host of a workspace never more than ten', async () => {
    let [now, most] = [0, 0];
    receiver.answers = (response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now -= 1;
        response.end();
      }, 30);
    };
    await hookOf(ada, receiver.url);
    await Promise.all(Array.from({ length: 15 }, () => raise(ada)));
    await app.settle();
    expect(most).toBeLessThanOrEqual(5);
    for (let n = 0; n < 4; n++) await hookOf(ada, receiver.url);
    most = 0;
    await Promise.all(Array.from({ length: 15 }, () => raise(ada)));
    await app.settle();
    expect(most).toBeLessThanOrEqual(10);
    expect(receiver.take()).toHaveLength(15 + 75);
  });
});
