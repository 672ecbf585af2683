import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lead, Message } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Caller } from './caller';
import { World } from './world';

/** F43: the moments of a hand-over, and how many copies the mail server has after the kill. */
const MOMENTS = [
  ['post_claim', 'after the claim, before the mail server heard of it', 0],
  ['post_data', 'after the mail server took it, before that was noted', 1],
  ['before_handed', 'while the hand-over is noted', 1],
] as const;

describe('kill -9 while a message is handed over', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.end());

  it.each(MOMENTS)('%s: %s: it is unknown, and never sent again by itself', async (point, _, copies) => {
    const first = await world.node();
    const ada = await Caller.register(first.url);
    const email = `${v7()}@example.com`;
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email });
    // Threadline writes to Ada, too: to confirm her address.
    const mails = () => world.mails.filter(({ raw }) => raw.includes(`To: Lin <${email}>`));
    await first.kill('SIGTERM');

    const doomed = await world.node(point);
    ada.turnTo(doomed.url);
    const key = v7();
    const body = { id: v7(), channel: 'email', content: 'Only once, please' };
    const send = () => ada.post<Message>(`/api/leads/${lead.body.id}/messages`, body, key);
    await send().catch(() => undefined); // the answer may be lost with the process
    expect(await doomed.ended()).toBe('SIGKILL');
    expect(mails()).toHaveLength(copies);

    const healed = await world.node();
    ada.turnTo(healed.url);
    expect((await send()).body.id).toBe(body.id);
    // The lease of the dead process runs out; nobody need wait for it here.
    await world.rows(`UPDATE message_sends SET lease_until = now() - interval '1 second' WHERE state = 'claimed'`);
    await world.eventually(`SELECT 1 FROM messages WHERE id = $1 AND status = 'unknown'`, [body.id]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(mails()).toHaveLength(copies);
    expect(await world.gaps()).toEqual([]);

    const again = await ada.post<Message>(`/api/messages/${body.id}/send-again`, {});
    expect(again.status).toBe(200);
    await world.eventually(`SELECT 1 FROM messages WHERE id = $1 AND status = 'sent'`, [body.id]);
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(1);
  });
});
