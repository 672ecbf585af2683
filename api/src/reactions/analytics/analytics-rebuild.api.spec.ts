import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DashboardAnalytics, DashboardStats } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { AnalyticsRebuild } from './analytics-rebuild';
import { Story } from './test-story';

describe('counting a workspace again from its log', () => {
  let app: TestApp;
  let ada: Person;
  let story: Story;
  let rebuild: AnalyticsRebuild;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    story = new Story(app, ada);
    rebuild = app.get(AnalyticsRebuild);
    await story.month();
    await app.react();
  });
  afterAll(() => app?.stop());

  const stats = async () => {
    const { timestamp, ...numbers } = (await ada.get<DashboardStats>('/api/dashboard/stats')).body;
    expect(timestamp).toBeDefined();
    return numbers;
  };
  const tables = async () => {
    const read = (table: string) =>
      app.rows(`SELECT * FROM ${table} t WHERE workspace_id = $1 ORDER BY t::text`, [ada.workspaceId]);
    return { messages: await read('analytics_messages'), spans: await read('analytics_spans') };
  };

  it('finds what live counting found, to the last fact, in batches of any size', async () => {
    const before = { stats: await stats(), ...(await tables()) };
    expect(before.messages.length).toBeGreaterThan(20);
    for (const batch of [3, 50, 1_000]) {
      const recount = await rebuild.rebuild(ada.workspaceId, batch);
      expect(recount).toMatchObject({ same: true, differences: [] });
      expect(recount.asOf).toBe(before.stats.asOf);
      expect(recount.events).toBeGreaterThan(80);
      expect({ stats: await stats(), ...(await tables()) }).toEqual(before);
    }
  });

  it('names each sum that was wrong, and leaves it when it is only asked', async () => {
    const before = await stats();
    const [wrong] = await app.rows<{ day: string }>(
      `UPDATE analytics_days SET sent = sent + 3, leads = leads - 1
        WHERE workspace_id = $1 AND (day, channel) = (SELECT min(day), 'email' FROM analytics_days
              WHERE workspace_id = $1 AND channel = 'email') RETURNING day::text, sent`,
      [ada.workspaceId],
    );
    const differences = [
      expect.objectContaining({ day: wrong?.day, channel: 'email', measure: 'sent' }),
      expect.objectContaining({ day: wrong?.day, channel: 'email', measure: 'leads', was: -1, is: 0 }),
    ];
    expect(await rebuild.verify(ada.workspaceId)).toMatchObject({ same: false, differences });
    expect(await stats()).toEqual(before);

    expect(await rebuild.rebuild(ada.workspaceId)).toMatchObject({ same: false, differences });
    expect(await stats()).toEqual(before);
    expect(await rebuild.verify(ada.workspaceId)).toMatchObject({ same: true });
  });

  it('finds a fact, or a total, that was wrong although all days are right', async () => {
    for (const wrong of ['analytics_messages SET lead_id = message_id', 'analytics_totals SET sent = sent + 1']) {
      await app.rows(`UPDATE ${wrong} WHERE workspace_id = $1`, [ada.workspaceId]);
      expect(await rebuild.verify(ada.workspaceId)).toMatchObject({ same: false, differences: [] });
      await rebuild.rebuild(ada.workspaceId);
      expect(await rebuild.verify(ada.workspaceId)).toMatchObject({ same: true });
    }
  });

  it('happens while the workspace goes on, and loses and doubles nothing', async () => {
    const lead = await story.lead();
    const writing = (async () => {
      for (let n = 0; n < 15; n++) await story.open(await story.send(lead));
    })();
    const before = await stats();
    for (let n = 0; n < 4; n++) await rebuild.rebuild(ada.workspaceId, 20);
    await writing;
    await app.react();
    expect((await stats()).messagesSent).toBeGreaterThanOrEqual(before.messagesSent);
    const [truth] = await app.rows<{ sent: number }>(
      'SELECT count(*)::int AS sent FROM messages WHERE workspace_id = $1 AND sent_at IS NOT NULL',
      [ada.workspaceId],
    );
    expect((await stats()).messagesSent).toBe(truth?.sent);
    expect(await rebuild.verify(ada.workspaceId)).toMatchObject({ same: true });
  });

  it('and an event are seen at once by who was shown a period before', async () => {
    const sent = async () => {
      const { body } = await ada.get<DashboardAnalytics>('/api/dashboard/analytics/full');
      return { sent: body.numbers.find(({ definition }) => definition.name === 'messagesSent')?.value ?? 0, body };
    };
    const before = await sent();
    expect(await sent()).toEqual(before);
    const today = [ada.workspaceId, app.clock.now()];
    await app.rows(`UPDATE analytics_days SET sent = sent + 5 WHERE workspace_id = $1 AND day <= $2`, today);
    await rebuild.rebuild(ada.workspaceId);
    expect(await sent()).toEqual(before);
    await story.send(await story.lead());
    await app.react();
    const after = await sent();
    expect(after.sent).toBe(before.sent + 1);
    expect(after.body.asOf).toBeGreaterThan(before.body.asOf);
  });

  it('touches no other workspace', async () => {
    const eve = await app.person('Eve');
    await new Story(app, eve).send(await new Story(app, eve).lead());
    await app.react();
    await rebuild.rebuild(ada.workspaceId);
    expect((await eve.get<DashboardStats>('/api/dashboard/stats')).body).toMatchObject({
      messagesSent: 1,
      totalLeads: 1,
    });
  });
});
