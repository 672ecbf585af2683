import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conversation, Draft, Envelope, EventPage, Lead, Message, Page, Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { type Tx, UnitOfWork } from '../../platform/work';
import { MessageMarks, MessagesService, SendLedger } from './index';

describe('conversations', () => {
  let app: TestApp;
  let ada: Person;
  let ben: Person;
  let lead: Lead;

  const send = (person: Person, body: object, headers = {}) =>
    person.post<Message & Pick<Problem, 'code' | 'current' | 'errors'>>(
      `/api/leads/${lead.id}/messages`,
      { channel: 'email', content: 'Hello', undoSeconds: 30, ...body },
      headers,
    );
  const events = (type: string) =>
    app.rows<Pick<Envelope, 'data'> & { actor_type: string; actor_id: string }>(
      'SELECT data, actor_type, actor_id FROM events WHERE type = $1 AND data::text LIKE $2 ORDER BY seq',
      [type, `%${lead.id}%`],
    );

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    ben = await app.colleagueOf(ada);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` })).body;
  });

  it('sending makes message, conversation, ledger row and event, and clears the draft', async () => {
    await ada.post(`/api/drafts/${lead.id}`, { channel: 'email', content: 'Hel', subject: 'Offer' });
    const answer = await send(ada, { subject: 'Offer' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      leadId: lead.id,
      channel: 'email',
      direction: 'outbound',
      status: 'queued',
      subject: 'Offer',
    });
    expect(answer.body.trackingId).toMatch(/^[\w-]{22,64}$/);
    const [ledger] = await app.rows('SELECT state FROM message_sends WHERE id = $1', [answer.body.id]);
    expect(ledger).toEqual({ state: 'queued' });
    const conversation = await ada.get<Conversation>(`/api/conversations/${answer.body.conversationId}`);
    expect(conversation.body).toMatchObject({
      leadName: 'Lin',
      lastMessagePreview: 'Hello',
      status: 'open',
      unreadCount: 0,
    });
    expect((await ada.get(`/api/drafts/${lead.id}?channel=email`)).status).toBe(204);
    expect(await events('message.queued')).toHaveLength(1);
    expect(await events('draft.cleared')).toHaveLength(1);
  });

  it('the same key sends once, with the same answer', async () => {
    const headers = { 'idempotency-key': v7() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(ada, {}, headers)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    const messages = await ada.get<Page<Message>>(`/api/leads/${lead.id}/messages`);
    expect(messages.body.items).toHaveLength(1);
    const other = await send(ada, { content: 'Something else' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('a send that collides with a colleague is refused, and shows what he wrote', async () => {
    const first = (await send(ada, {})).body;
    const colleague = (await send(ben, { content: 'I was faster', afterMessageId: first.id })).body;
    const refused = await send(ada, { content: 'Too late', afterMessageId: first.id });
    expect([refused.status, refused.body.code]).toEqual([409, 'conversation_moved']);
    expect((refused.body.current as Message[]).map(({ id }) => id)).toEqual([colleague.id]);
    expect((await send(ada, { content: 'Now knowingly', afterMessageId: colleague.id })).status).toBe(201);
    const never = await send(ada, { content: 'As the first?', afterMessageId: null });
    expect(never.status).toBe(409);
  });

  it('of two colleagues who send at the same moment one is refused', async () => {
    const answers = await Promise.all([send(ada, { afterMessageId: null }), send(ben, { afterMessageId: null })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('a message can be taken back until it is due, and its text becomes the draft', async () => {
    const message = (await send(ada, { content: 'Oops', subject: 'Offer' })).body;
    const undone = await ada.post<Message>(`/api/messages/${message.id}/undo`);
    expect([undone.status, undone.body.status]).toEqual([200, 'cancelled']);
    expect((await ada.get<Draft>(`/api/drafts/${lead.id}?channel=email`)).body).toMatchObject({
      content: 'Oops',
      subject: 'Offer',
    });
    expect((await ada.post<Problem>(`/api/messages/${message.id}/undo`)).body.code).toBe('undo_expired');
    const [conversation] = (await ada.get<Page<Conversation>>(`/api/conversations?leadId=${lead.id}`)).body.items;
    expect(conversation?.lastMessageId).toBeNull();
  });

  it('a message that is taken back leaves the lead as active as it was before', async () => {
    const activity = async () => {
      const { items } = (await ada.get<Page<Lead>>('/api/leads?sort=-lastActivityAt')).body;
      const one = (await ada.get<Lead>(`/api/leads/${lead.id}`)).body;
      expect(items.find(({ id }) => id === lead.id)?.lastActivityAt).toBe(one.lastActivityAt);
      return one.lastActivityAt;
    };
    const undo = async (message: Message) => {
      await ada.post(`/api/messages/${message.id}/undo`);
      const page = (await ada.get<EventPage>('/api/events?after=0&types=message.cancelled')).body;
      const last = page.items.at(-1) as Extract<Envelope, { type: 'message.cancelled' }>;
      expect(last.subject.id).toBe(message.id);
      return last.data.lastActivityAt;
    };
    expect(await undo((await send(ada, { content: 'Never mind' })).body)).toBeNull();
    expect(await activity()).toBeNull();

    const first = (await send(ada, { content: 'This one stays', undoSeconds: 0 })).body;
    app.clock.advance(60_000);
    const second = (await send(ada, { content: 'This one does not' })).body;
    expect(await activity()).toBe(second.createdAt);
    expect(await undo(second)).toBe(first.createdAt);
    expect(await activity()).toBe(first.createdAt);
  });

  it('a claim fences: who lost it has no say, and a lapsed one is unknown, not sent again', async () => {
    const message = (await send(ada, { undoSeconds: 1 })).body;
    const ledger = app.get(SendLedger);
    const work = app.get(UnitOfWork);
    const system = systemActor(ada.workspaceId, 'test');
    const token = v7();
    app.clock.advance(2_000);
    const claimed = await work.run(system, (tx) => ledger.claimDue(tx, { limit: 100, leaseMs: 1_000, token }));
    expect(claimed.map(({ id }) => id)).toContain(message.id);
    expect(await work.run(system, (tx) => ledger.claimDue(tx, { limit: 100, leaseMs: 1_000, token: v7() }))).toEqual(
      [],
    );
    await expect(
      work.run(system, (tx) => ledger.handed(tx, message.id, v7(), { at: new Date(), reply: '250 ok' })),
    ).rejects.toThrow('taken over');
    app.clock.advance(2_000);
    expect(await work.run(system, (tx) => ledger.expireLeases(tx))).toBeGreaterThan(0);
    expect((await ada.get<Message>(`/api/messages/${message.id}`)).body).toMatchObject({
      status: 'unknown',
      sentAt: null,
    });
    expect(await work.run(system, (tx) => ledger.claimDue(tx, { limit: 100, leaseMs: 1_000, token }))).toEqual([]);
  });

  it('a message of which nobody knew whether it left has left when a person opens it', async () => {
    const message = (await send(ada, { undoSeconds: 1 })).body;
    const system = systemActor(ada.workspaceId, 'test');
    const inLedger = <T>(work: (tx: Tx, ledger: SendLedger) => Promise<T>) =>
      app.get(UnitOfWork).run(system, (tx) => work(tx, app.get(SendLedger)));
    app.clock.advance(1_500);
    const dueAt = message.undoUntil;
    const token = v7();
    await inLedger((tx, ledger) => ledger.claimDue(tx, { limit: 100, leaseMs: 1_000, token }));
    await inLedger((tx, ledger) => ledger.unknown(tx, message.id, token, 'cut'));
    app.clock.advance(60_000);
    const mark = { messageId: message.id, at: app.clock.now(), hitId: v7() };
    expect(await app.get(UnitOfWork).run(system, (tx) => app.get(MessageMarks).markOpened(tx, mark))).toBe(true);
    expect((await ada.get<Message>(`/api/messages/${message.id}`)).body).toMatchObject({
      status: 'sent',
      sentAt: dueAt,
      failure: null,
      openedAt: mark.at.toISOString(),
    });
    expect(await events('message.sent')).toHaveLength(1);
    expect(await events('message.opened')).toHaveLength(1);
  });

  it('a try that is to be repeated is said to be queued again, and why', async () => {
    const message = (await send(ada, { undoSeconds: 1 })).body;
    app.clock.advance(1_500);
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) => {
      const token = v7();
      await app.get(SendLedger).claimDue(tx, { limit: 100, leaseMs: 1_000, token });
      const at = new Date(tx.now.getTime() + 60_000);
      await app.get(SendLedger).retryLater(tx, message.id, token, { at, reason: '451 later' });
    });
    const queued = await events('message.queued');
    expect(queued.map(({ data }) => (data as { message: Message }).message.failure)).toEqual([null, '451 later']);
  });

  it('a message opens a conversation that was resolved, and says so', async () => {
    const { conversationId } = (await send(ada, {})).body;
    await ada.patch(`/api/conversations/${conversationId}`, { status: 'resolved' });
    await send(ben, { content: 'One more thing' });
    const changes = (await events('conversation.status_changed')).map(({ data, actor_id: by }) => {
      const { from, to } = data as { from: string; to: string };
      return { from, to, by };
    });
    expect(changes).toEqual([
      { from: 'open', to: 'resolved', by: ada.userId },
      { from: 'resolved', to: 'open', by: ben.userId },
    ]);
  });

  it('a conversation says which position of the log it stands for, and is not there when its lead is deleted', async () => {
    const { conversationId } = (await send(ada, {})).body;
    const path = `/api/conversations/${conversationId}`;
    const [head] = await app.rows<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect((await ada.get<{ asOf: number }>(path)).body.asOf).toBe(Number(head?.seq));
    await ada.delete(`/api/leads/${lead.id}`);
    expect((await ada.get(path)).status).toBe(404);
    expect((await ada.patch(path, { status: 'resolved' })).status).toBe(404);
    await ada.post(`/api/leads/${lead.id}/restore`);
    expect((await ada.get(path)).status).toBe(200);
  });

  it('an answer opens the conversation again, counts as unread, and marks what it answers', async () => {
    const message = (await send(ada, {})).body;
    await ada.patch(`/api/conversations/${message.conversationId}`, { status: 'resolved' });
    const receive = () =>
      app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), (tx) =>
        app.get(MessagesService).receive(tx, {
          leadId: lead.id,
          channel: 'email',
          subject: 'Re: Offer',
          content: 'Yes please',
          receivedAt: tx.now,
          messageIdHeader: '<answer@example.com>',
          answers: message.id,
          automatic: false,
        }),
      );
    expect(await receive()).toMatchObject({ direction: 'inbound', status: 'received' });
    expect(await receive()).toBeUndefined();
    const { body } = await ada.get<Conversation>(`/api/conversations/${message.conversationId}`);
    expect(body).toMatchObject({ status: 'open', unreadCount: 1, lastMessagePreview: 'Yes please' });
    expect((await ada.get<Message>(`/api/messages/${message.id}`)).body.repliedAt).not.toBeNull();
    expect((await events('message.replied'))[0]).toMatchObject({ actor_type: 'contact', actor_id: lead.id });
    const read = await ada.post<Conversation>(`/api/conversations/${message.conversationId}/read`);
    expect(read.body.unreadCount).toBe(0);
  });

  it('status, assignee and the rest change with an event each', async () => {
    const { conversationId } = (await send(ada, {})).body;
    const changed = await ada.patch<Conversation>(`/api/conversations/${conversationId}`, {
      status: 'pending',
      priority: 'high',
      assigneeId: ben.userId,
      tags: ['vip', 'vip'],
    });
    expect(changed.body).toMatchObject({ status: 'pending', priority: 'high', assigneeId: ben.userId, tags: ['vip'] });
    for (const type of ['conversation.status_changed', 'conversation.assigned', 'conversation.updated']) {
      expect(await events(type)).toHaveLength(1);
    }
    const mine = await ben.get<Page<Conversation>>('/api/conversations?assigneeId=me&tag=vip&status=pending');
    expect(mine.body.items.map(({ id }) => id)).toContain(conversationId);
  });

  it.each(['status', 'priority', 'tags'])('a conversation is never without %s', async (field) => {
    const { conversationId } = (await send(ada, {})).body;
    const answer = await ada.patch<Problem>(`/api/conversations/${conversationId}`, { [field]: null });
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, field]);
  });

  it('a snoozed conversation opens when its time has come', async () => {
    const { conversationId } = (await send(ada, {})).body;
    const until = new Date(app.clock.millis() + 60_000).toISOString();
    const snoozed = await ada.patch<Conversation>(`/api/conversations/${conversationId}`, { snoozedUntil: until });
    expect(snoozed.body.status).toBe('snoozed');
    app.clock.advance(61_000);
    await app.settle();
    expect((await ada.get<Conversation>(`/api/conversations/${conversationId}`)).body).toMatchObject({
      status: 'open',
      snoozedUntil: null,
    });
  });

  it.each([
    ['an unknown channel', { channel: 'pigeon' }],
    ['an empty message', { content: '<p> </p>' }],
    ['a subject of two lines', { subject: 'Hi\r\nBcc: eve@example.com' }],
    ['a NUL', { content: 'a\u0000b' }],
    ['a field that is none', { status: 'sent' }],
    ['a strange earlier message', { afterMessageId: '7; DROP TABLE' }],
    ['more undo than there is', { undoSeconds: 31 }],
  ])('%s is refused by name', async (_, body) => {
    const answer = await send(ada, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
    expect(answer.body.errors?.length).toBeGreaterThan(0);
  });

  it('a lead without an address cannot be written to by mail', async () => {
    const { body } = await ada.post<Lead>('/api/leads', { name: 'No mail' });
    const answer = await ada.post<Problem>(`/api/leads/${body.id}/messages`, { channel: 'email', content: 'Hello' });
    expect([answer.status, answer.body.code]).toEqual([409, 'no_address']);
  });

  it('pages through a lead’s messages in both directions', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await send(ada, { content: `No. ${n}` })).body.id);
    for (const [sort, expected] of [
      ['createdAt', ids],
      ['-createdAt', [...ids].reverse()],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const path: string = `/api/leads/${lead.id}/messages?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`;
        const { body }: { body: Page<Message> } = await ada.get<Page<Message>>(path);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor;
      }
      expect(seen).toEqual(expected);
    }
  });

  it('another workspace’s lead, message and conversation are not there', async () => {
    const message = (await send(ada, {})).body;
    const eve = await app.person('Eve');
    for (const path of [
      `/api/messages/${message.id}`,
      `/api/conversations/${message.conversationId}`,
      `/api/leads/${lead.id}/messages`,
    ]) {
      expect((await eve.get(path)).status).toBe(404);
    }
    expect((await send(eve, {})).status).toBe(404);
  });
});
