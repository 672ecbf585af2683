import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Lead, ref } from '@threadline/contracts';
import { systemActor } from '../../../platform/access';
import { readEvents } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { type Person, TestApp } from '../../../../test';
import { deliveriesOf, hookOf, raise, REACHING } from '../test-hooks';
import { Receiver } from '../test-receiver';
import { DeliveryLimits, LEASE_MS } from './delivery-limits';
import { DeliveryLedger } from './delivery.ledger';
import { Dispatcher } from './dispatcher.service';
import { FanOut } from './fan-out';

describe('deliveries that are in hand as they are made', () => {
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
  afterEach(async () => {
    jest.restoreAllMocks();
    await receiver.stop();
  });

  const rows = (webhookId: string) =>
    app.rows<{ status: string; attempts: number; claimed: boolean }>(
      `SELECT status, attempts, claim IS NOT NULL AND lease_until IS NOT NULL AS claimed
         FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY seq`,
      [webhookId],
    );

  it('wait in the ledger when their process ends before it sends them, and are sent when its claim has run out', async () => {
    const hook = await hookOf(ada, receiver.url);
    const ended = jest.spyOn(app.get(Dispatcher), 'takeInHand').mockImplementation(() => undefined);
    await raise(ada);
    await app.settle();
    expect(await rows(hook.id)).toEqual([{ status: 'pending', attempts: 0, claimed: true }]);
    ended.mockRestore();
    await app.settle();
    expect(receiver.take()).toEqual([]);
    app.clock.advance(LEASE_MS + 1);
    await app.settle();
    expect(receiver.take()).toHaveLength(1);
    expect(await rows(hook.id)).toEqual([{ status: 'delivered', attempts: 1, claimed: false }]);
  });

  /** Has something happen between the commit and the taking in hand. */
  function meanwhile(happens: () => Promise<unknown>): Promise<void> {
    const dispatcher = app.get(Dispatcher);
    const takeInHand = dispatcher.takeInHand.bind(dispatcher);
    return new Promise((resolve, reject) => {
      jest.spyOn(dispatcher, 'takeInHand').mockImplementationOnce((deliveries) => {
        happens()
          .then(() => resolve(takeInHand(deliveries)))
          .catch(reject);
      });
    });
  }

  it('go back when their endpoint was switched off meanwhile', async () => {
    const hook = await hookOf(ada, receiver.url);
    const switchedOff = meanwhile(() => app.rows('UPDATE webhooks SET disabled_at = now() WHERE id = $1', [hook.id]));
    await raise(ada);
    await app.settle();
    await switchedOff;
    await app.settle();
    expect(receiver.take()).toEqual([]);
    expect(await rows(hook.id)).toEqual([{ status: 'pending', attempts: 0, claimed: false }]);
  });

  it('go back when their endpoint began to fail meanwhile, and are claimed as many as it bears', async () => {
    const hook = await hookOf(ada, receiver.url);
    await raise(ada);
    await app.settle();
    const [earlier] = await deliveriesOf(ada, hook.id);
    const failing = meanwhile(async () => {
      receiver.answer(500);
      await ada.post(`/api/webhooks/deliveries/${earlier?.id}/redeliver`);
      while ((await deliveriesOf(ada, hook.id)).at(-1)?.attempts.length !== 2) await wait(20);
      receiver.ok();
    });
    const released = jest.spyOn(app.get(DeliveryLedger), 'release');
    await raise(ada);
    await app.settle();
    await failing;
    await app.settle();
    expect(released.mock.calls.map(([deliveries]) => deliveries.length)).toEqual([1]);
    expect((await rows(hook.id)).at(-1)).toEqual({ status: 'delivered', attempts: 1, claimed: false });
  });

  it('are as many as can be sent soon: the others are claimed, and each is sent once', async () => {
    jest.replaceProperty(app.get(DeliveryLimits), 'perHand', 3);
    const taken = jest.spyOn(app.get(Dispatcher), 'takeInHand');
    const hook = await hookOf(ada, receiver.url, { eventTypes: ['lead.updated'] });
    const id = await raise(ada);
    const { body: lead } = await ada.get<Lead>(`/api/leads/${id}`);
    const about = { subject: { type: 'lead' as const, id }, about: [ref('lead', id)] };
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'spec'), async (tx) => {
      const data = { lead, changed: ['title' as const] };
      for (let n = 0; n < 10; n++) tx.append({ type: 'lead.updated', ...about, data, before: { title: null } });
      return Promise.resolve();
    });
    await app.settle();
    expect(taken.mock.calls.map(([deliveries]) => deliveries.length)).toEqual([3]);
    const ids = receiver.take().map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([10, 10]);
    const delivered = { status: 'delivered', attempts: 1, claimed: false };
    expect(await rows(hook.id)).toEqual(Array.from({ length: 10 }, () => delivered));
  });

  it('have the bytes that were kept for another endpoint', async () => {
    const first = await hookOf(ada, receiver.url);
    await raise(ada);
    await app.settle();
    receiver.take();
    await app.rows(`UPDATE webhook_payloads SET body = '{"kept":true}' WHERE workspace_id = $1`, [ada.workspaceId]);
    const second = await hookOf(ada, receiver.url);
    const [delivery] = await deliveriesOf(ada, first.id);
    const seq = delivery?.eventSeq ?? 0;
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'spec'), async (tx) => {
      const fanOut = app.get(FanOut);
      const subscribers = await fanOut.subscribers(tx, second.id);
      const events = await readEvents(tx.query, ada.workspaceId, { after: seq - 1, upTo: seq, limit: 1 });
      await fanOut.enqueue(tx, await fanOut.share(tx, subscribers, events));
    });
    await app.settle();
    expect(receiver.take().map(({ body }) => body)).toEqual(['{"kept":true}']);
  });
});
