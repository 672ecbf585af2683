import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Conversation,
  DashboardAnalytics,
  DashboardStats,
  Draft,
  Hit,
  Lead,
  Message,
  Page,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../test';
import { demoPlan } from './demo.plan';
import { DemoWorkspace, type SignInCard } from './index';

describe('the demo workspace', () => {
  let app: TestApp;
  let cards: SignInCard[];
  let mara: Person;
  let leadCount: number;

  beforeAll(async () => {
    app = await TestApp.start();
    leadCount = demoPlan(app.clock.millis()).filter((step) => step.do === 'create').length;
    const demo = app.get(DemoWorkspace);
    cards = demo.inviteTheCast();
    await demo.make(cards);
    await app.settle();
    mara = await app.signIn(cards[0]?.email ?? '', cards[0]?.passphrase);
  }, 60_000);
  afterAll(() => app?.stop());

  it('lets both people in, with passphrases of its own', async () => {
    expect(cards.map(({ passphrase }) => passphrase.split('-').length)).toEqual([5, 5]);
    expect(mara.session?.workspace.demo).toBe(true);
    expect((await app.signIn(cards[1]?.email ?? '', cards[1]?.passphrase)).workspaceId).toBe(mara.workspaceId);
  });

  it('has its leads, conversations in all states, and a log without gaps', async () => {
    const leads = await mara.get<Page<Lead>>('/api/leads?limit=200');
    expect(leadCount).toBeGreaterThanOrEqual(60);
    expect(leads.body.items).toHaveLength(leadCount);
    const conversations = await mara.get<Page<Conversation>>('/api/conversations?limit=200');
    expect(new Set(conversations.body.items.map(({ status }) => status))).toEqual(
      new Set(['open', 'pending', 'snoozed', 'resolved']),
    );
    const [log] = await app.rows<{ count: string; max: string }>(
      'SELECT count(*), max(seq) FROM events WHERE workspace_id = $1',
      [mara.workspaceId],
    );
    expect(log?.count).toBe(log?.max);
  });

  it('has engagement of all three kinds, spread over the weeks', async () => {
    const stats = (await mara.get<DashboardStats>('/api/dashboard/stats')).body;
    expect(stats.totalLeads).toBe(leadCount);
    for (const number of [
      stats.messagesSent,
      stats.openRate,
      stats.clickRate,
      stats.responseRate,
      stats.convertedLeads,
    ]) {
      expect(number).toBeGreaterThan(0);
    }
    const opened = await app.rows<{ days: string }>(
      'SELECT count(DISTINCT opened_at::date) AS days FROM messages WHERE workspace_id = $1',
      [mara.workspaceId],
    );
    expect(Number(opened[0]?.days)).toBeGreaterThan(30);
    const verdicts = await app.rows<{ verdict: string }>('SELECT DISTINCT verdict FROM hit_verdicts');
    expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual(['human', 'machine', 'unknown']);
  });

  it('has every number beside one of the month before that is not far off', async () => {
    const { numbers } = (await mara.get<DashboardAnalytics>('/api/dashboard/analytics/full')).body;
    expect(numbers).toHaveLength(10);
    for (const { definition, change } of numbers) {
      const off = change !== null && change >= -15 && change <= 40 ? null : change;
      expect({ number: definition.name, off }).toEqual({ number: definition.name, off: null });
    }
    const rates = Object.fromEntries(numbers.map(({ definition, value }) => [definition.name, value]));
    expect(Math.abs((rates.openRate ?? 0) - 55)).toBeLessThanOrEqual(10);
    expect(Math.abs((rates.clickRate ?? 0) - 17.5)).toBeLessThanOrEqual(7.5);
    expect(Math.abs((rates.responseRate ?? 0) - 22.5)).toBeLessThanOrEqual(7.5);
  });

  it('leaves a reply half written', async () => {
    const drafts = await mara.get<{ items: Draft[] }>('/api/drafts');
    expect(drafts.body.items.map(({ content }) => content)).toEqual([expect.stringMatching(/^<p>\w.*<\/p>$/)]);
  });

  it('shows the evidence of what was read', async () => {
    const [row] = await app.rows<{ id: string }>('SELECT id FROM messages WHERE clicked_at IS NOT NULL LIMIT 1');
    const message = await mara.get<Message>(`/api/messages/${row?.id}`);
    expect(message.body.openedAt).not.toBeNull();
    const hits = await mara.get<Page<Hit>>(`/api/messages/${row?.id}/tracking`);
    expect(hits.body.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['open', 'click']));
  });

  it('sends nothing: these people do not exist', async () => {
    const waiting = await app.rows("SELECT id FROM message_sends WHERE state <> 'handed'");
    expect(waiting).toEqual([]);
  });
});
