import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Envelope, type EventPage, isEnvelope, type Lead, type Webhook } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { FanOut } from '../webhooks';

const NAME = 'Quillaby Vexmoor';

describe('erasing a lead whose events are on their way to an endpoint', () => {
  let app: TestApp;
  let ada: Person;
  let lead: Lead;
  let webhookId: string;
  let events: Envelope[];

  const erase = () => ada.post('/api/privacy/requests', { kind: 'erase', leadId: lead.id });
  const bodies = async () => {
    const rows = await app.rows<{ body: string }>('SELECT body FROM webhook_payloads WHERE body LIKE $1', [
      `%${lead.id}%`,
    ]);
    return rows.map(({ body }) => body);
  };
  /** Puts the events into the ledger as they were read, and lets something happen before that is committed. */
  const fanOut = (meanwhile: () => Promise<void> = () => Promise.resolve()) =>
    app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) => {
      const out = app.get(FanOut);
      const [subscriber] = await out.subscribers(tx, webhookId);
      if (!subscriber) throw new Error('The endpoint is not there');
      await out.enqueue(tx, [{ subscriber, events }]);
      await meanwhile();
    });
  /** Until the erasure waits for us, or does not. */
  const waiting = async () => {
    for (let look = 0; look < 40; look++) {
      const held = await app.rows(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
      if (held.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    // Switched off: what comes to it, these specs put into its ledger.
    const made = await ada.post<Webhook>('/api/webhooks', {
      url: 'https://93.184.216.34/hooks',
      eventTypes: [],
      enabled: false,
    });
    webhookId = made.body.id;
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    lead = (await ada.post<Lead>('/api/leads', { name: NAME, email: `q.${Date.now()}@canary.example` })).body;
    await ada.patch(`/api/leads/${lead.id}`, { title: `Aunt of ${NAME}` });
    await app.settle();
    const { items } = (await ada.get<EventPage>('/api/events?after=0')).body;
    events = items.filter(isEnvelope).filter(({ about }) => about.includes(`lead:${lead.id}`));
    expect(JSON.stringify(events)).toContain(NAME);
  });

  it('keeps no body that says who it was, when they were read before and kept after', async () => {
    await erase();
    await app.settle();
    await fanOut();
    const kept = await bodies();
    expect(kept).toHaveLength(events.length);
    expect(kept.join('')).not.toContain(NAME);
  });

  it('keeps none either when they are being kept while the lead is erased', async () => {
    let settled: Promise<unknown> = Promise.resolve();
    await fanOut(async () => {
      await erase();
      settled = app.settle();
      await waiting();
    });
    await settled;
    await app.settle();
    const kept = await bodies();
    expect(kept).toHaveLength(events.length);
    expect(kept.join('')).not.toContain(NAME);
  });
});
