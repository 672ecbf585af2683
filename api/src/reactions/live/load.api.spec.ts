import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, TestApp } from '../../../test';
import { addressOf, happens, happensAtOnce, range, TestScreen } from './test-screen';

const SERVICES = ['leads', 'activity'] as const;

describe('the live stream', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const open = async (node: TestApp, person: Person) => {
    const screen = await TestScreen.open(node, person.token);
    screens.push(screen);
    return screen;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  it('under load sends everything in order, and far fewer messages than events', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => open(app, ada)));
    const acks = await Promise.all(all.map((screen) => screen.subscribe({ services: [...SERVICES] })));
    const writers = Array.from({ length: 9 }, () => happensAtOnce(app, ada, Array(50).fill('lead')));
    writers.push(...Array.from({ length: 5 }, () => happens(app, ada, Array(10).fill('lead'))));
    const last = Math.max(...(await Promise.all(writers)));
    await Promise.all(all.flatMap((screen) => SERVICES.map((service) => screen.reached(service, last))));

    expect(last).toBe((acks[0]?.seq ?? 0) + 500);
    for (const [index, screen] of all.entries()) {
      const expected = range((acks[index]?.seq ?? 0) + 1, last);
      for (const service of SERVICES) expect(screen.seqs(service)).toEqual(expected);
      expect(screen.messages('leads_updated').length).toBeLessThan(100);
    }
  });

  describe('with two nodes on one database', () => {
    let other: TestApp;

    beforeAll(async () => {
      other = await TestApp.start({ sharing: app, env: { PUBLIC_URL: app.url } });
    });
    afterAll(() => other.stop());

    it('shows on each what was committed on the other', async () => {
      expect(addressOf(other)).not.toBe(addressOf(app));
      const [here, there] = [await open(app, ada), await open(other, ada)];
      const ack = await here.subscribe({ services: ['leads'] });
      expect((await there.subscribe({ services: ['leads'] })).seq).toBe(ack.seq);
      const writing = [app, other, app, other].map((node) => happens(node, ada, Array(25).fill('lead')));
      const last = Math.max(...(await Promise.all(writing)));
      await Promise.all([here.reached('leads', last), there.reached('leads', last)]);
      expect(here.seqs('leads')).toEqual(range(ack.seq + 1, last));
      expect(there.seqs('leads')).toEqual(range(ack.seq + 1, last));
    });

    it('a screen that comes from a node which is ahead goes on without a reset', async () => {
      const there = await open(other, ada);
      await there.subscribe({ services: ['leads'] });
      const here = await open(app, ada);
      const { seq } = await here.subscribe({ services: ['leads'] });
      // Committed behind this node's back, and not announced: only its own poll finds it.
      await app.rows(
        `WITH head AS (UPDATE workspace_heads SET seq = seq + 1 WHERE workspace_id = $1 RETURNING seq)
         INSERT INTO events (workspace_id, seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id, about, data)
         SELECT $1, head.seq, gen_random_uuid(), 'lead.deleted', now(), 'system', 'test', 'lead', 'x', '{}', '{"leadId":"x","name":"x"}' FROM head`,
        [ada.workspaceId],
      );
      const ack = await there.subscribe({ services: ['leads'], lastSeq: seq + 1 });
      expect(ack).toMatchObject({ seq: seq + 1, replayed: 0 });
      expect(there.messages('reset')).toEqual([]);
      await here.reached('leads', seq + 1);
    });

    it('a session that ends on one is closed on the other', async () => {
      const ben = await app.colleagueOf(ada);
      const screen = await open(other, ben);
      await screen.subscribe({ services: ['activity'] });
      const since = performance.now();
      await ben.post('/api/auth/logout', undefined, { cookie: ben.cookie ?? '' });
      const canary = await happens(app, ada, ['lead']);
      await screen.ended();
      expect(performance.now() - since).toBeLessThan(2_000);
      expect(screen.seqs('activity').every((seq) => seq < canary)).toBe(true);
    });
  });

  it('a node that is stopped tells its screens when to come back, and is gone quickly', async () => {
    const node = await TestApp.start({ sharing: app, env: { PUBLIC_URL: app.url } });
    const all = await Promise.all(Array.from({ length: 30 }, () => open(node, ada)));
    await Promise.all(all.map((screen) => screen.subscribe({ services: ['leads'] })));
    const since = performance.now();
    await node.stop();
    expect(performance.now() - since).toBeLessThan(3_000);
    const waits = all.map((screen) => screen.messages('server_draining')[0]?.retryInMs ?? -1);
    expect(waits.every((wait) => wait >= 0 && wait < 15_000)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(20);
    expect(all.every((screen) => !screen.socket.connected)).toBe(true);
  });
});
