import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lead, Message } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Caller } from './caller';
import { World } from './world';

const READERS = 12;
const HITS = 200;

describe('kill -9 while hits come in', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.end());

  it('every hit that was answered is stored, and judged once', async () => {
    const first = await world.node();
    const ada = await Caller.register(first.url);
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: `${v7()}@example.com` });
    const sent = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, { channel: 'email', content: 'Hello' });
    await world.eventually(`SELECT 1 FROM messages WHERE id = $1 AND status = 'sent'`, [sent.body.id]);
    await first.kill('SIGTERM');

    const doomed = await world.node('hit_stored:4');
    const answered = await readers(`${doomed.url}/api/outreach/track/${sent.body.trackingId}`);
    expect(await doomed.ended()).toBe('SIGKILL');
    expect(answered.length).toBeGreaterThan(0);

    await world.node();
    const stored = await world.rows<{ user_agent: string }>('SELECT user_agent FROM tracking_hits');
    const agents = stored.map((row) => row.user_agent);
    expect(answered.filter((agent) => !agents.includes(agent))).toEqual([]);
    await world.eventually(
      `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM tracking_hits h LEFT JOIN hit_verdicts v ON v.hit_id = h.id WHERE v.hit_id IS NULL)`,
    );
    const [count] = await world.rows<{ hits: string; verdicts: string }>(
      'SELECT (SELECT count(*) FROM tracking_hits) AS hits, (SELECT count(*) FROM hit_verdicts) AS verdicts',
    );
    expect(count?.verdicts).toBe(count?.hits);
  });
});

/** Asks for the picture from many readers at once; answers by which name each was that got it. */
async function readers(url: string): Promise<string[]> {
  const answered: string[] = [];
  let left = HITS;
  const reader = async () => {
    while (left-- > 0) {
      const agent = `reader ${left}`;
      try {
        const answer = await fetch(url, { headers: { 'user-agent': agent }, signal: AbortSignal.timeout(5_000) });
        if (answer.ok) answered.push(agent);
      } catch {
        return; // the process is gone
      }
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return answered;
}
