import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outgoing, WaitingChoice } from '@threadline/contracts';
import { Caller } from './caller';
import { World } from './world';

/** Requests under way at once while the backup is made. */
const CALLERS = 4;
/** Longer than any sweeper waits between two looks at what is due. */
const LONG_ENOUGH_MS = 8_000;
const CHOICES: readonly WaitingChoice[] = process.env.FAULTS === 'long' ? ['cancel', 'send'] : ['cancel'];

describe('F56: a backup that was taken under load and is restored elsewhere', () => {
  let world: World;
  let restored: World | undefined;
  let receiver: Server;
  let url: string;
  let hits: string[] = [];
  /** Until then everything waits for its second try. */
  let well = false;

  beforeEach(async () => {
    world = await World.make();
    [hits, well] = [[], false];
    receiver = createServer((request, response) => {
      request.resume().on('end', () => {
        hits.push(String(request.headers['webhook-id']));
        response.writeHead(well ? 200 : 500).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await new Promise<void>((resolve) => receiver.close(() => resolve()));
    await restored?.end();
    restored = undefined;
    await world.end();
  });

  it.each(CHOICES)('is whole, has another epoch and sends nothing until it is decided: "%s"', async (waiting) => {
    const original = await world.node();
    const ada = await Caller.register(original.url);
    await ada.post('/api/webhooks', { url, eventTypes: ['lead.created'] });
    const { body: lin } = await ada.post<{ id: string }>('/api/leads', { name: 'Lin', email: 'lin@example.com' });
    const wanted = { channel: 'email', content: 'Written before the backup', undoSeconds: 30 };
    const { body: message } = await ada.post<{ id: string }>(`/api/leads/${lin.id}/messages`, wanted);
    let loading = true;
    const lane = async () => {
      while (loading) await ada.createLead();
    };
    const load = Promise.all(Array.from({ length: CALLERS }, lane));
    while (ada.journal.filter(({ status }) => status === 201).length < 20) await wait(50);
    const acknowledged = ada.journal.filter(({ status }) => status === 201).map(({ body }) => body.id);
    const backup = await world.backup();
    await wait(500);
    loading = false;
    await load;
    const [{ epoch: before }] = (await world.rows<{ epoch: string }>('SELECT epoch FROM installation')) as [
      { epoch: string },
    ];
    await original.kill();
    [hits, well] = [[], true];

    restored = await World.make(await backup.restore());
    const node = await restored.node();
    ada.turnTo(node.url);
    expect([await restored.gaps(), await restored.torn()]).toEqual([[], []]);
    const kept = await restored.rows<{ id: string }>('SELECT id FROM leads');
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    expect(kept.length).toBeLessThan((await world.rows('SELECT id FROM leads')).length);
    expect((await ada.get<{ epoch: string }>('/api/events')).epoch).not.toBe(before);

    await restored.rows(`UPDATE webhook_deliveries SET next_at = now() WHERE status = 'pending'`);
    await restored.rows(`UPDATE message_sends SET due_at = now() WHERE state = 'queued'`);
    await ada.createLead();
    await wait(LONG_ENOUGH_MS);
    expect([hits, restored.mails]).toEqual([[], []]);
    const { paused } = await ada.get<Outgoing>('/api/workspace/outgoing');
    expect(paused).toMatchObject({ deliveries: kept.length, messages: 1 });

    await ada.post('/api/workspace/outgoing/resume', { waiting });
    await restored.eventually(`SELECT 1 FROM webhook_deliveries WHERE status = 'delivered' HAVING count(*) = $1`, [
      waiting === 'send' ? kept.length + 1 : 1,
    ]);
    if (waiting === 'send')
      await restored.eventually(`SELECT 1 FROM messages WHERE id = $1 AND status = 'sent'`, [message.id]);
    const after = await restored.rows<{ status: string }>('SELECT status FROM messages WHERE id = $1', [message.id]);
    expect(after).toEqual([{ status: waiting === 'send' ? 'sent' : 'unknown' }]);
    expect(new Set(hits).size).toBe(waiting === 'send' ? kept.length + 1 : 1);
    expect(restored.mails).toHaveLength(waiting === 'send' ? 1 : 0);
  });
});
