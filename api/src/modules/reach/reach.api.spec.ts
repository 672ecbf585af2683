import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type Conversation,
  type Draft,
  type Envelope,
  type EventPage,
  type InboundMail,
  isEnvelope,
  type Lead,
  type MailboxMail,
  type Message,
  type NumberRow,
  type RoleScopes,
  SCOPES,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { TestApp } from '../../../test';
import { allOf, type Case, seesConversation, seesDraft, seesLead, type World, worldOf } from './test-world';

/** Every case through every route takes its time on a busy machine. */
const PATIENCE_MS = 120_000;
jest.setTimeout(PATIENCE_MS);

const ALL_SCOPES = SCOPES.flatMap((leads) => SCOPES.map((conversations): RoleScopes => ({ leads, conversations })));

describe('how far a role reaches', () => {
  let app: TestApp;
  let world: World;
  const ids = (cases: readonly Case[]) => cases.map(({ lead }) => lead.id).sort();
  const sorted = (list: readonly string[]) => [...list].sort();

  beforeAll(async () => {
    app = await TestApp.start();
    world = await worldOf(app);
  }, PATIENCE_MS);
  afterAll(() => app.stop());

  describe.each(ALL_SCOPES)('with leads $leads and conversations $conversations', (scopes) => {
    let leads: Case[];
    let talks: Case[];
    let drafts: Case[];
    /** What must not stand in any answer. */
    let hidden: string[];
    const expectNothingHidden = (answer: unknown) => {
      const text = JSON.stringify(answer);
      expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    };

    beforeAll(async () => {
      await world.setScopes(scopes);
      leads = world.cases.filter((each) => seesLead(scopes, each));
      talks = world.cases.filter((each) => seesConversation(scopes.conversations, each));
      drafts = world.cases.filter((each) => seesDraft(scopes, each));
      hidden = world.cases.flatMap((each) => [
        ...(leads.includes(each) ? [] : [each.words.lead]),
        ...(talks.includes(each) ? [] : [each.words.conversation]),
        ...(drafts.includes(each) ? [] : [each.words.draft]),
      ]);
    });

    it('lists hold what is within reach, in every order and search', async () => {
      for (const query of ['', '?sort=name', '?sort=-lastActivityAt', '?q=lead', '?status=new']) {
        const items = await allOf<Lead>(world.me, `/api/leads${query}`);
        expect(sorted(items.map((lead) => lead.id))).toEqual(ids(leads));
        expectNothingHidden(items);
      }
      for (const query of ['', '?status=open', '?q=talk']) {
        const items = await allOf<Conversation>(world.me, `/api/conversations${query}`);
        expect(sorted(items.map((conversation) => conversation.leadId))).toEqual(ids(talks));
        expectNothingHidden(items);
      }
      const saved = await allOf<Draft>(world.me, '/api/drafts');
      expect(sorted(saved.map((draft) => draft.leadId))).toEqual(ids(drafts));
      expectNothingHidden(saved);
    });

    it('a rare word is found within reach, and not beyond it', async () => {
      for (const each of world.cases) {
        const found = await allOf<Lead>(world.me, `/api/leads?q=${each.words.lead}`);
        expect(found).toHaveLength(leads.includes(each) ? 1 : 0);
      }
    });

    it('single things answer, or are not there', async () => {
      const got = async (path: string, visible: boolean) => {
        const answer = await world.me.get<Record<string, unknown>>(path);
        expect([path, answer.status]).toEqual([path, visible ? 200 : 404]);
        expectNothingHidden(answer.body);
        return answer.body;
      };
      for (const each of world.cases) {
        const { lead, message } = each;
        const [ofLead, ofTalk] = [leads.includes(each), talks.includes(each)];
        await got(`/api/leads/${lead.id}`, ofLead);
        await got(`/api/drafts/${lead.id}?channel=email`, drafts.includes(each));
        const timeline = (await got(`/api/leads/${lead.id}/timeline`, ofLead)).items as Envelope[] | undefined;
        expect(timeline?.some((event) => event.type === 'message.sent') ?? false).toBe(ofTalk);
        const messages = (await got(`/api/leads/${lead.id}/messages`, ofLead)).items as Message[] | undefined;
        expect(messages?.length ?? 0).toBe(ofTalk ? 1 : 0);
        if (!message) continue;
        await got(`/api/conversations/${message.conversationId}`, ofTalk);
        await got(`/api/messages/${message.id}`, ofTalk);
        await got(`/api/messages/${message.id}/tracking`, ofTalk);
      }
    });

    it('the mailbox, the numbers’ rows and mail that came in show no more', async () => {
      const mails = await allOf<MailboxMail>(world.me, '/api/mailbox');
      expect(mails).toHaveLength(talks.length);
      expectNothingHidden(mails);
      const theirs = await allOf<MailboxMail>(world.ada, '/api/mailbox');
      const beyond = theirs.filter((mail) => !mails.some(({ id }) => id === mail.id));
      for (const { id } of beyond) expect((await world.me.get(`/api/mailbox/${id}`)).status).toBe(404);
      const rows = async (number: string) => allOf<NumberRow>(world.me, `/api/dashboard/rows/${number}`);
      const counted = { totalLeads: leads, messagesSent: talks, openConversations: talks };
      for (const [number, cases] of Object.entries(counted)) {
        const items = await rows(number);
        expect(sorted(items.map((row) => row.lead.id))).toEqual(ids(cases));
        expectNothingHidden(items);
      }
      expectNothingHidden(await allOf<InboundMail>(world.me, '/api/inbound-mails'));
    });

    it('the log and the feed are whole, with a bare number in place of what is hidden', async () => {
      const items: EventPage['items'] = [];
      for (let after = 0; ;) {
        const page = await world.me.get<EventPage>(`/api/events?after=${after}&limit=200`);
        items.push(...page.body.items);
        if (page.body.lastSeq === after || page.body.items.length < 200) break;
        after = page.body.lastSeq;
      }
      expect(items.map((event) => event.seq)).toEqual(items.map((_, index) => index + 1));
      expectNothingHidden(items);
      const created = items.filter(isEnvelope).filter((event) => event.type === 'lead.created');
      expect(sorted(created.map((event) => event.subject.id))).toEqual(ids(leads));
      const feed = await allOf<Envelope>(world.me, '/api/dashboard/activity', 7);
      expectNothingHidden(feed);
      expect(feed.filter((event) => event.type === 'message.sent')).toHaveLength(talks.length);
    });
  });

  describe('who reaches their own only', () => {
    beforeAll(() => world.setScopes({ leads: 'own', conversations: 'own' }));
    const one = (owner: Case['owner'], holder: Case['holder']) => {
      const found = world.cases.find((each) => each.owner === owner && each.holder === holder);
      if (!found?.message) throw new Error('There is no such case');
      return { lead: found.lead, message: found.message };
    };

    it('can do nothing to what is beyond their reach, and changes nothing by trying', async () => {
      const { me, ada } = world;
      const { lead, message } = one('other', 'other');
      const before = await ada.get<EventPage>('/api/events');
      const mail = (await allOf<MailboxMail>(ada, '/api/mailbox')).find((each) => each.messageId === message.id);
      const answers = await Promise.all([
        me.patch(`/api/leads/${lead.id}`, { name: 'Mine now' }),
        me.delete(`/api/leads/${lead.id}`),
        me.post(`/api/leads/${lead.id}/restore`),
        me.post(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'Hello' }),
        me.post(`/api/drafts/${lead.id}`, { channel: 'email', content: 'Hello' }),
        me.delete(`/api/drafts/${lead.id}?channel=email`),
        me.patch(`/api/conversations/${message.conversationId}`, { assigneeId: me.userId }),
        me.post(`/api/conversations/${message.conversationId}/read`),
        me.post(`/api/messages/${message.id}/undo`),
        me.post(`/api/messages/${message.id}/send-again`),
        me.post(`/api/mailbox/${mail?.id}/open`),
        me.post(`/api/mailbox/${mail?.id}/reply`, { text: 'Yes' }),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
      const after = await ada.get<EventPage>('/api/events');
      expect(after.body.lastSeq).toBe(before.body.lastSeq);
    });

    it('sees their lead whose conversation a colleague has, but can neither write in it nor to its draft', async () => {
      const { me } = world;
      const { lead } = one('me', 'other');
      expect((await me.get(`/api/leads/${lead.id}`)).status).toBe(200);
      const sent = await me.post(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'Hello' });
      expect(sent).toMatchObject({
        status: 404,
        body: { detail: 'A colleague has the conversation with this lead.' },
      });
      const saved = await me.post(`/api/drafts/${lead.id}`, { channel: 'email', content: 'Hello' });
      expect(saved.status).toBe(404);
    });

    it('owns what they make, unless they name another, and may give away what is theirs', async () => {
      const { me, other } = world;
      const mine = await me.post<Lead>('/api/leads', { name: 'Mine' });
      expect(mine.body.ownerId).toBe(me.userId);
      const given = await me.post<Lead>('/api/leads', { name: 'Given', ownerId: other.userId });
      expect(given).toMatchObject({ status: 201, body: { ownerId: other.userId } });
      expect((await me.get(`/api/leads/${given.body.id}`)).status).toBe(404);
      const away = await me.patch<Lead>(`/api/leads/${mine.body.id}`, { ownerId: other.userId });
      expect(away).toMatchObject({ status: 200, body: { ownerId: other.userId } });
      expect((await me.get(`/api/leads/${mine.body.id}`)).status).toBe(404);
    });

    it('may assign a conversation to a colleague, and is answered what became of it', async () => {
      const { me, other } = world;
      const mine = await me.post<Lead>('/api/leads', { name: 'Passed on', email: `${v7()}@example.com` });
      const sent = await me.post<Message>(`/api/leads/${mine.body.id}/messages`, { channel: 'email', content: 'Hi' });
      const path = `/api/conversations/${sent.body.conversationId}`;
      const assigned = await me.patch<Conversation>(path, { assigneeId: other.userId });
      expect(assigned).toMatchObject({ status: 200, body: { assigneeId: other.userId } });
      expect((await me.get(path)).status).toBe(404);
      expect((await me.get(`/api/leads/${mine.body.id}`)).status).toBe(200);
    });

    it('is told that an address or an id is taken, and not by whom', async () => {
      const { me } = world;
      const { lead } = one('other', 'other');
      const byEmail = await me.post('/api/leads', { name: 'Again', email: lead.email });
      const byId = await me.post('/api/leads', { name: 'Again', id: lead.id });
      for (const answer of [byEmail, byId]) {
        expect(answer).toMatchObject({ status: 409, body: { code: 'duplicate' } });
        expect(answer.body).not.toHaveProperty('current');
        expect(JSON.stringify(answer.body)).not.toContain(lead.name);
      }
      const mine = await me.post<Lead>('/api/leads', { name: 'Mine too' });
      const changed = await me.patch(`/api/leads/${mine.body.id}`, { email: lead.email });
      expect(changed).toMatchObject({ status: 409, body: { code: 'duplicate', errors: [{ path: 'email' }] } });
      expect(JSON.stringify(changed.body)).not.toContain(lead.name);
    });
  });

  it('who leaves a team sees nothing of it with the next request', async () => {
    const { me, ours, ada } = world;
    await world.setScopes({ leads: 'team', conversations: 'team' });
    const before = await allOf<Conversation>(me, `/api/conversations?teamId=${ours}`);
    expect(before.length).toBeGreaterThan(0);
    await app.rows('DELETE FROM team_members WHERE user_id = $1', [me.userId]);
    expect(await allOf(me, `/api/conversations?teamId=${ours}`)).toEqual([]);
    expect(await allOf(ada, `/api/conversations?teamId=${ours}`)).toHaveLength(before.length);
    await app.rows('INSERT INTO team_members (workspace_id, team_id, user_id) VALUES ($1, $2, $3)', [
      ada.workspaceId,
      ours,
      me.userId,
    ]);
  });
});
