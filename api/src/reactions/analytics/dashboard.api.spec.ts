import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ActivityPage,
  type DashboardAnalytics,
  type DashboardStats,
  type NumberDefinitions,
  type NumberName,
  type NumberRow,
  type NumberRows,
  NUMBERS,
  type OutreachAnalytics,
  type Page,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { countOf, NUMBER_TABLE } from './numbers';
import { RowsQueries } from './rows.queries';
import { Story } from './test-story';

const DAY = 86_400_000;

describe('the dashboard', () => {
  let app: TestApp;
  let ada: Person;
  let story: Story;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
    story = new Story(app, ada);
  });

  const stats = async () => {
    await app.react();
    return (await ada.get<DashboardStats>('/api/dashboard/stats')).body;
  };
  const full = async (query = '') => {
    await app.react();
    const answer = await ada.get<DashboardAnalytics>(`/api/dashboard/analytics/full${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const day = (ago: number) => new Date(app.clock.millis() - ago * DAY);
  const dayName = (ago: number) => day(ago).toISOString().slice(0, 10);

  /** All pages of the rows behind a number. */
  async function rowsOf(number: NumberName, query = ''): Promise<{ rows: NumberRow[]; count: number }> {
    const rows: NumberRow[] = [];
    let count = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/api/dashboard/rows/${number}?limit=7${query}${cursor && `&cursor=${cursor}`}`;
      const answer = await ada.get<NumberRows>(path);
      expect(answer.status).toBe(200);
      rows.push(...answer.body.items);
      ({ count } = answer.body);
      cursor = answer.body.nextCursor;
    }
    return { rows, count };
  }

  const keyOf = (row: NumberRow) => row.message?.id ?? row.conversation?.id ?? row.lead.id;

  describe('the numbers', () => {
    it('begin at zero', async () => {
      expect(await stats()).toEqual({
        ...Object.fromEntries(NUMBERS.map((name) => [name, 0])),
        opensByVerdict: { human: 0, machine: 0, unknown: 0 },
        clicksByVerdict: { human: 0, machine: 0, unknown: 0 },
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        asOf: expect.any(Number),
      });
    });

    it('count what was done, and take back what was taken back', async () => {
      const [grace, alan] = [await story.lead(), await story.lead('converted')];
      const messages = [await story.send(grace), await story.send(alan), await story.send(alan)] as const;
      await story.judge(messages[0], { verdict: 'human' }, { verdict: 'human' });
      await story.open(messages[0]);
      await story.open(messages[0]);
      await story.click(messages[0]);
      await story.judge(messages[1], { verdict: 'machine' }, { verdict: 'unknown' });
      await story.reply(messages[1]);
      await story.reply(messages[1]);
      expect(await stats()).toMatchObject({
        totalLeads: 2,
        convertedLeads: 1,
        openConversations: 2,
        messagesSent: 3,
        messagesOpened: 1,
        messagesClicked: 1,
        messagesReplied: 1,
        openRate: 33.3,
        clickRate: 33.3,
        responseRate: 33.3,
        opensByVerdict: { human: 2, machine: 1, unknown: 1 },
      });

      await story.withdraw(messages[0], 'open');
      await story.resolve(messages[0].conversationId);
      await story.deleteLead(alan.id);
      expect(await stats()).toMatchObject({
        totalLeads: 1,
        convertedLeads: 0,
        openConversations: 0,
        messagesSent: 3,
        messagesOpened: 0,
        openRate: 0,
      });

      await story.restoreLead(alan.id);
      await story.send(grace);
      expect(await stats()).toMatchObject({ totalLeads: 2, convertedLeads: 1, openConversations: 2, messagesSent: 4 });
    });

    it('contain the log up to the position they name', async () => {
      await story.lead();
      const before = await stats();
      const [head] = await app.rows<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
        ada.workspaceId,
      ]);
      expect(before.asOf).toBe(Number(head?.seq));
    });

    it('are those of one workspace', async () => {
      await story.send(await story.lead());
      const eve = await app.person('Eve');
      await app.react();
      expect((await eve.get<DashboardStats>('/api/dashboard/stats')).body).toMatchObject({
        totalLeads: 0,
        messagesSent: 0,
      });
      expect((await eve.get<NumberRows>('/api/dashboard/rows/messagesSent')).body.items).toEqual([]);
      expect((await eve.get<Page<unknown>>('/api/dashboard/activity')).body.items).not.toContainEqual(
        expect.objectContaining({ type: 'message.sent' }),
      );
    });

    it('are told to nobody who is not signed in', async () => {
      for (const path of ['stats', 'numbers', 'analytics/full', 'analytics/outreach', 'rows/totalLeads', 'activity']) {
        expect((await app.stranger.get(`/api/dashboard/${path}`)).status).toBe(401);
      }
    });
  });

  describe('the rows behind a number', () => {
    it('are exactly as many as every number says, over all time and in any period', async () => {
      await story.month();
      const total = await stats();
      const periods = ['', `&from=${dayName(20)}&to=${dayName(10)}`, `&to=${dayName(15)}`];
      for (const number of NUMBERS) {
        for (const period of periods) {
          const { rows, count } = await rowsOf(number, period);
          expect({ number, period, rows: new Set(rows.map(keyOf)).size }).toEqual({ number, period, rows: count });
          expect(rows).toHaveLength(count);
          if (period === '' && NUMBER_TABLE[number].unit === 'count') expect(count).toBe(total[number]);
        }
      }
      const { count: opened } = await rowsOf('openRate');
      const { count: sent } = await rowsOf('messagesSent');
      expect(opened).toBeGreaterThan(0);
      expect(total.openRate).toBe(Math.round((opened / sent) * 1000) / 10);
    });

    it('are those that the tables of leads, conversations and messages hold', async () => {
      await story.month();
      const total = await stats();
      const [truth] = await app.rows(
        `SELECT (SELECT count(*)::int FROM leads WHERE workspace_id = $1 AND deleted_at IS NULL) AS "totalLeads",
                (SELECT count(*)::int FROM leads WHERE workspace_id = $1 AND deleted_at IS NULL
                    AND status = 'converted') AS "convertedLeads",
                (SELECT count(*)::int FROM conversations c JOIN leads l USING (workspace_id)
                  WHERE c.workspace_id = $1 AND l.id = c.lead_id AND l.deleted_at IS NULL
                    AND c.status = 'open') AS "openConversations",
                count(*)::int AS "messagesSent", count(opened_at)::int AS "messagesOpened",
                count(clicked_at)::int AS "messagesClicked", count(replied_at)::int AS "messagesReplied"
           FROM messages WHERE workspace_id = $1 AND sent_at IS NOT NULL`,
        [ada.workspaceId],
      );
      expect(total).toMatchObject(truth as object);
    });

    it('are the rows of the screen that the number links to', async () => {
      await story.month(12);
      const total = await stats();
      const listed = async (path: string) => (await ada.get<Page<unknown>>(`${path}&limit=200`)).body.items.length;
      expect(await listed('/api/leads?')).toBe(total.totalLeads);
      expect(await listed('/api/leads?status=converted')).toBe(total.convertedLeads);
      expect(await listed('/api/conversations?status=open')).toBe(total.openConversations);
      const { items } = (await ada.get<NumberDefinitions>('/api/dashboard/numbers')).body;
      expect(items.map(({ name, rows }) => [name, rows])).toEqual(
        NUMBERS.map((name) => [name, `/dashboard/rows/${name}`]),
      );
    });

    it('show the message and its lead, newest first, also when the lead has been deleted', async () => {
      const lead = await story.lead();
      const older = await story.send(lead, day(2));
      const newer = await story.send(lead, day(1));
      await story.deleteLead(lead.id);
      await app.react();
      const { rows } = await rowsOf('messagesSent');
      expect(rows.map((row) => row.message?.id)).toEqual([newer.id, older.id]);
      expect(rows[1]).toEqual({
        lead: expect.objectContaining({ id: lead.id, name: lead.name }),
        conversation: null,
        message: {
          ...{ id: older.id, conversationId: older.conversationId, channel: 'email', status: 'sent', subject: 'Hello' },
          ...{ preview: 'How are you?', authorId: null, sentAt: older.createdAt },
          ...{ deliveredAt: null, openedAt: null, clickedAt: null, repliedAt: null },
        },
      });
    });

    it('of a past day are those that were there then', async () => {
      const kept = await story.lead('new', day(9));
      const gone = await story.lead('converted', day(9));
      await story.deleteLead(gone.id, day(3));
      await story.changeLead(kept.id, 'converted', day(2));
      await app.react();
      const names = async (number: NumberName, ago: number) =>
        (await rowsOf(number, `&to=${dayName(ago)}`)).rows.map((row) => row.lead.id).sort();
      expect(await names('totalLeads', 10)).toEqual([]);
      expect(await names('totalLeads', 9)).toEqual([kept.id, gone.id].sort());
      expect(await names('convertedLeads', 4)).toEqual([gone.id]);
      expect(await names('convertedLeads', 3)).toEqual([]);
      expect(await names('convertedLeads', 2)).toEqual([kept.id]);
    });

    it('are refused to somebody who may read the numbers only', async () => {
      const analyst = { ...systemActor(ada.workspaceId, 'analyst'), permissions: new Set(['analytics:read'] as const) };
      for (const number of NUMBERS) {
        const asked = app
          .get(UnitOfWork)
          .read(analyst, (tx) => app.get(RowsQueries).rows(tx, number, { from: null, to: null, limit: 1 }));
        await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
      }
    });

    it('are not there for what is no number, a cursor of another list, or a period that ends before it begins', async () => {
      await story.send(await story.lead());
      await story.send(await story.lead());
      await app.react();
      expect((await ada.get('/api/dashboard/rows/messagesLost')).status).toBe(404);
      const page = (await ada.get<NumberRows>('/api/dashboard/rows/messagesSent?limit=1')).body;
      const other = await ada.get(`/api/dashboard/rows/messagesOpened?cursor=${page.nextCursor}`);
      expect(other).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
      for (const query of [
        'from=2026-02-30',
        'from=yesterday',
        'to=2026-1-1',
        'from=2026-02-02&to=2026-02-01',
        'day=1',
      ]) {
        const answer = await ada.get(`/api/dashboard/rows/messagesSent?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
      }
    });
  });

  describe('the whole suite of a period', () => {
    it('shows each day, days without anything too, and counts opens on the day their message was sent', async () => {
      const lead = await story.lead('new', day(40));
      const early = await story.send(lead, day(5));
      await story.send(lead, day(5));
      await story.judge(await story.send(lead, day(3)), { verdict: 'machine' });
      await story.open(early, day(1));
      const suite = await full(`?from=${dayName(6)}&to=${dayName(0)}`);
      const nothing = { sent: 0, opened: 0, clicked: 0, replied: 0, openedMachine: 0, openedUnknown: 0 };
      expect(suite.days).toEqual([
        { ...nothing, day: dayName(6) },
        { ...nothing, day: dayName(5), sent: 2, opened: 1 },
        { ...nothing, day: dayName(4) },
        { ...nothing, day: dayName(3), sent: 1, openedMachine: 1 },
        ...[2, 1, 0].map((ago) => ({ ...nothing, day: dayName(ago) })),
      ]);
      const rate = suite.numbers.find(({ definition }) => definition.name === 'openRate');
      expect(rate).toMatchObject({ value: 33.3, previous: 0, change: null, trend: [0, 50, 0, 0, 0, 0, 0] });
    });

    it('sets every number beside the period before', async () => {
      const lead = await story.lead('new', day(15));
      for (const ago of [12, 11, 10]) await story.send(lead, day(ago));
      for (const ago of [5, 4, 3, 2]) await story.send(lead, day(ago));
      await story.lead('converted', day(4));
      const suite = await full(`?from=${dayName(6)}&to=${dayName(0)}`);
      const number = (name: NumberName) => suite.numbers.find(({ definition }) => definition.name === name);
      expect(number('messagesSent')).toMatchObject({ value: 4, previous: 3, change: 33.3 });
      expect(number('totalLeads')).toMatchObject({ value: 2, previous: 1, change: 100, trend: [1, 1, 2, 2, 2, 2, 2] });
      expect(number('convertedLeads')).toMatchObject({ value: 1, previous: 0, change: null });
      expect(number('messagesSent')?.definition.rows).toBe(
        `/dashboard/rows/messagesSent?from=${dayName(6)}&to=${dayName(0)}`,
      );
    });

    it('agrees with the rows of the same period', async () => {
      await story.month();
      const query = `from=${dayName(25)}&to=${dayName(4)}`;
      const suite = await full(`?${query}`);
      expect(suite.numbers.map(({ definition }) => definition.name)).toEqual([...NUMBERS]);
      for (const { definition, value, trend } of suite.numbers) {
        expect(trend).toHaveLength(22);
        if (definition.unit === 'percent') continue;
        expect([definition.name, (await rowsOf(definition.name, `&${query}`)).count]).toEqual([definition.name, value]);
      }
    });

    it('is the last 30 days when none is named, takes times for their day, and has a limit', async () => {
      expect(await full()).toMatchObject({ from: dayName(29), to: dayName(0) });
      expect(await full('?from=2026-03-01T23:59:59.999Z&to=2026-03-02')).toMatchObject({ from: '2026-03-01' });
      const answer = await ada.get('/api/dashboard/analytics/full?from=2001-01-01');
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'from' }] } });
    });
  });

  it('the outreach of every channel is told, also of one that carried nothing', async () => {
    expect((await ada.get<OutreachAnalytics>('/api/dashboard/analytics/outreach')).body.items).toEqual([
      expect.objectContaining({ channel: 'email', sent: 0, openRate: 0 }),
    ]);
    const message = await story.send(await story.lead(), day(2));
    await story.send(await story.lead(), day(40));
    await story.open(message);
    await story.reply(message);
    await app.react();
    const outreach = async (query: string) =>
      (await ada.get<OutreachAnalytics>(`/api/dashboard/analytics/outreach${query}`)).body;
    expect((await outreach('')).items).toEqual([
      {
        ...{ channel: 'email', sent: 2, delivered: 0, bounced: 0, opened: 1, clicked: 0, replied: 1, received: 1 },
        ...{ openRate: 50, clickRate: 0, responseRate: 50, bounceRate: 0 },
      },
    ]);
    const recent = await outreach(`?from=${dayName(30)}`);
    expect(recent).toMatchObject({ from: dayName(30), to: null, items: [{ sent: 1, openRate: 100 }] });
    expect(recent.asOf).toBeGreaterThan(0);
  });

  describe('the activity feed', () => {
    it('tells what happened, newest first, without what is one person’s own or told by another event', async () => {
      const lead = await story.lead();
      const message = await story.send(lead);
      await story.judge(message, { verdict: 'human' });
      await story.open(message);
      await story.reply(message);
      const feed: string[] = [];
      let asOf = 0;
      for (let cursor: string | null = ''; cursor !== null;) {
        const path: string = `/api/dashboard/activity?limit=2${cursor && `&cursor=${cursor}`}`;
        const page: ActivityPage = (await ada.get<ActivityPage>(path)).body;
        feed.push(...page.items.map(({ type }) => type));
        asOf ||= page.asOf;
        cursor = page.nextCursor;
      }
      expect(feed.slice(0, 5)).toEqual([
        'message.replied',
        'message.received',
        'message.opened',
        'message.sent',
        'lead.created',
      ]);
      expect(feed.at(-1)).toBe('workspace.created');
      const known = await app.rows<{ type: string }>('SELECT type FROM events WHERE workspace_id = $1', [
        ada.workspaceId,
      ]);
      expect(known).toHaveLength(asOf);
      expect(known.map(({ type }) => type)).toEqual(expect.arrayContaining(['session.started', 'message.queued']));
    });

    it('has the envelopes of the log', async () => {
      await story.lead();
      const [newest] = (await ada.get<ActivityPage>('/api/dashboard/activity?limit=1')).body.items;
      const events = (await ada.get<{ items: unknown[] }>(`/api/events?after=${(newest?.seq ?? 0) - 1}`)).body.items;
      expect(newest).toEqual(events[0]);
    });

    it('refuses a cursor that is not its own', async () => {
      const answer = await ada.get('/api/dashboard/activity?cursor=bm90IG91cnMgYXQgYWxsLCByZWFsbHk');
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    });
  });

  it('a number’s words and its roll-up are declared once', async () => {
    const { items } = (await ada.get<NumberDefinitions>('/api/dashboard/numbers')).body;
    for (const { name, label, definition, unit, grain } of items) {
      expect({ label, definition, unit }).toMatchObject({
        label: NUMBER_TABLE[name].label,
        definition: NUMBER_TABLE[name].definition,
        unit: NUMBER_TABLE[name].unit,
      });
      expect(grain).toBe(countOf(name).counted.grain);
    }
  });
});
