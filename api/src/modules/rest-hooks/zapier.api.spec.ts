import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Message, Page, Webhook } from '@threadline/contracts';
import { app as integration, type Bundle, type Requests } from '@threadline/zapier';
import zapier from 'zapier-platform-core';
import { type Person, TestApp } from '../../../test';
import { REACHING } from '../webhooks/test-hooks';
import { Receiver } from '../webhooks/test-receiver';

type Perform = (z: Requests, bundle: Bundle) => unknown;

describe('the Zapier integration on a running server', () => {
  const App = integration(zapier.version);
  const tester = zapier.createAppTester(App as object) as (
    perform: unknown,
    bundle: Partial<Bundle>,
  ) => Promise<unknown>;
  let app: TestApp;
  let ada: Person;
  let receiver: Receiver;
  let authData: Bundle['authData'];

  const run = <T>(perform: Perform, bundle: Partial<Bundle> = {}) =>
    tester(perform, { authData, inputData: {}, ...bundle }) as Promise<T>;

  beforeAll(async () => {
    app = await TestApp.start(REACHING);
    ada = await app.person('Ada');
    receiver = await Receiver.start();
    const made = await ada.post<{ key: string | null }>('/api/api-keys', {
      name: 'Zapier',
      permissions: [
        'workspace:read',
        'leads:read',
        'leads:write',
        'messages:read',
        'messages:send',
        'webhooks:read',
        'webhooks:write',
      ],
    });
    authData = { baseUrl: `${app.url}/`, apiKey: made.body.key ?? '' };
  });
  afterAll(async () => {
    await receiver?.stop();
    await app?.stop();
  });

  it('connects by a key that is good, and by no other', async () => {
    expect(await run(App.authentication.test)).toMatchObject({ id: ada.workspaceId });
    await expect(run(App.authentication.test, { authData: { ...authData, apiKey: 'tl_wrong' } })).rejects.toThrow(
      /401/,
    );
  });

  it('adds, changes and finds a lead, and writes to them', async () => {
    const email = 'lin@example.com';
    const inputData = { name: 'Lin Chen', email, phone: '', tags: ['zap'] };
    const lead = await run<Lead>(App.creates.create_lead.operation.perform, { inputData });
    expect(lead).toMatchObject({ name: 'Lin Chen', email, phone: null, tags: ['zap'] });
    const change = { leadId: lead.id, status: 'qualified', name: '' };
    const changed = await run<Lead>(App.creates.update_lead.operation.perform, { inputData: change });
    expect(changed).toMatchObject({ id: lead.id, name: 'Lin Chen', status: 'qualified' });
    const found = await run<Lead[]>(App.searches.find_lead.operation.perform, { inputData: { query: email } });
    expect(found.map(({ id }) => id)).toEqual([lead.id]);
    const message = { leadId: lead.id, subject: 'Offer', content: 'Hello Lin' };
    const sent = await run<Message>(App.creates.send_message.operation.perform, { inputData: message });
    expect(sent).toMatchObject({ leadId: lead.id, subject: 'Offer', direction: 'outbound' });
  });

  it('is told of what happens while a Zap is on, and not after', async () => {
    const trigger = App.triggers['lead_created'];
    if (!trigger) throw new Error('There is no such trigger');
    const { performSubscribe, performUnsubscribe, performList, perform } = trigger.operation;
    const samples = await run<{ type: string; id: string }[]>(performList);
    expect(samples[0]).toMatchObject({ type: 'lead.created', id: expect.any(String) });
    const subscribed = await run<{ id: string }>(performSubscribe, { targetUrl: receiver.url });
    await ada.post('/api/leads', { name: 'Mo' });
    await app.settle();
    const [hit] = receiver.take();
    const cleanedRequest: unknown = JSON.parse(hit?.body ?? '');
    expect(await run(perform as Perform, { cleanedRequest })).toMatchObject([
      { type: 'lead.created', data: { lead: { name: 'Mo' } } },
    ]);
    await run(performUnsubscribe, { subscribeData: subscribed });
    expect((await ada.get<Page<Webhook>>('/api/webhooks')).body.items).toEqual([]);
    await run(performUnsubscribe, { subscribeData: subscribed });
  });
});
