import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conversation, DashboardStats, Hit, Lead, Message, Page } from '@threadline/contracts';
import { type Person, TestApp } from '../../test';
import { DEMO_LEADS } from './demo.plan';
import { DemoWorkspace, type SignInCard } from './index';

describe('the demo workspace', () => {
  let app: TestApp;
  let cards: SignInCard[];
  let mara: Person;

  beforeAll(async () => {
    app = await TestApp.start();
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

  it('has sixty leads, conversations in several states, and a log without gaps', async () => {
    const leads = await mara.get<Page<Lead>>('/api/leads?limit=200');
    expect(leads.body.items).toHaveLength(DEMO_LEADS);
    const conversations = await mara.get<Page<Conversation>>('/api/conversations?limit=200');
    expect(new Set(conversations.body.items.map(({ status }) => status))).toEqual(
      new Set(['open', 'pending', 'resolved']),
    );
    const [log] = await app.rows<{ count: string; max: string }>(
      'SELECT count(*), max(seq) FROM events WHERE workspace_id = $1',
      [mara.workspaceId],
    );
    expect(log?.count).toBe(log?.max);
  });

  it('has engagement of all three kinds, spread over the month', async () => {
    const stats = (await mara.get<DashboardStats>('/api/dashboard/stats')).body;
    expect(stats.totalLeads).toBe(DEMO_LEADS);
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
    expect(Number(opened[0]?.days)).toBeGreaterThan(10);
    const verdicts = await app.rows<{ verdict: string }>('SELECT DISTINCT verdict FROM hit_verdicts');
    expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual(expect.arrayContaining(['human', 'machine']));
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
