import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery, Lead, Page, Webhook } from '@threadline/contracts';
import { Webhook as Verifier } from 'standardwebhooks';
import { type Person, TestApp } from '../../../test';
import { Receiver } from './test-receiver';

type Made = Webhook & { secret: string };

describe('webhooks', () => {
  let app: TestApp;
  let ada: Person;
  let receiver: Receiver;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    ada = await app.person('Ada');
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    await app.stop();
  });

  it('an event arrives as GET /api/events shows it, signed as Standard Webhooks says', async () => {
    const made = await ada.post<Made>('/api/webhooks', { url: receiver.url, eventTypes: ['lead.created'] });
    expect(made.status).toBe(201);
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin' });
    await app.settle();
    const [hit] = receiver.take();
    expect(hit).toBeDefined();
    const body = new Verifier(made.body.secret).verify(hit?.body ?? '', hit?.headers as Record<string, string>);
    const log = await ada.get<Page<object>>('/api/events?after=0&types=lead.created');
    expect(log.body.items).toContainEqual(body);
    expect(body).toMatchObject({ type: 'lead.created', subject: { id: lead.body.id } });
    const list = await ada.get<Page<Delivery>>(`/api/webhooks/${made.body.id}/deliveries`);
    expect(list.body.items).toMatchObject([{ status: 'delivered', attempts: [{ responseStatus: 200 }] }]);
  });
});
