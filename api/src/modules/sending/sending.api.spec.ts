import { setTimeout as wait } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lead, Member, Message, Problem } from '@threadline/contracts';
import type { Queue } from 'bullmq';
import PostalMime from 'postal-mime';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { ScriptedSmtp, type TakenMail } from '../../../test/scripted-smtp';
import { systemActor } from '../../platform/access';
import { remoteImages, webLinks } from '../../platform/html';
import { UnitOfWork } from '../../platform/work';
import { SendLedger } from '../conversations';

describe('sending mail', () => {
  const server = new ScriptedSmtp();
  let app: TestApp;
  let ada: Person;
  let lead: Lead;

  const send = (body: object = {}, headers = {}, person = ada) =>
    person.post<Message & Pick<Problem, 'code'>>(
      `/api/leads/${lead.id}/messages`,
      { channel: 'email', subject: 'Offer', content: 'Hello', ...body },
      headers,
    );
  const now = async (id: string) => (await ada.get<Message>(`/api/messages/${id}`)).body;
  const ledger = async (id: string) =>
    (
      await app.rows<{ state: string; attempts: number }>('SELECT state, attempts FROM message_sends WHERE id = $1', [
        id,
      ])
    )[0];
  const eventsOf = async (id: string) =>
    (
      await app.rows<{ type: string }>(
        `SELECT type FROM events WHERE subject_id = $1 AND type LIKE 'message.%' ORDER BY seq`,
        [id],
      )
    ).map(({ type }) => type);
  /** Time passes, what is due is done, and sign-ins that have run out meanwhile are renewed. */
  const later = async (milliseconds: number) => {
    app.clock.advance(milliseconds);
    await app.settle();
    ada = await app.signIn(ada.session?.user.email ?? '');
  };
  const mailsOf = (id: string, mails = server.seen) =>
    mails.filter(({ content }) => content.includes(`Message-ID: <${id}@`));

  beforeAll(async () => {
    app = await TestApp.start({ env: { SMTP_URL: await server.start(), MAIL_FROM: 'team@acme.test' } });
    ada = await app.person('Ada');
  });
  afterAll(async () => {
    await app?.stop();
    await server.stop();
  });
  beforeEach(async () => {
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin Ö', email: `lin.${v7()}@example.com` })).body;
  });
  afterEach(() => app.settle());

  it('hands a message over at once: one copy, to the lead, with both parts, pixel and tracked links', async () => {
    const content = '<p>Hello <a href="https://acme.test/offer?a=1&amp;b=2">offer</a></p>';
    const started = performance.now();
    const { body } = await send({ content });
    while (mailsOf(body.id).length === 0 && performance.now() - started < 5_000) await wait(5);
    // Sooner than the sweeper looks: it was told.
    expect(performance.now() - started).toBeLessThan(4_000);
    await app.settle();
    const [mail, ...more] = mailsOf(body.id);
    expect(more).toEqual([]);
    expect(mail?.to).toEqual([lead.email]);
    expect(mail?.from).toBe('team@acme.test');
    const read = await PostalMime.parse(mail?.content ?? '');
    expect(read).toMatchObject({
      from: { name: 'Ada', address: 'team@acme.test' },
      to: [{ name: 'Lin Ö', address: lead.email }],
      subject: 'Offer',
    });
    expect(read.replyTo).toBeUndefined();
    expect(read.text).toContain('offer <https://acme.test/offer?a=1&b=2>');
    expect(remoteImages(read.html ?? '')).toEqual([`${app.url}/api/outreach/track/${body.trackingId}`]);
    const [link] = webLinks(read.html ?? '');
    expect(link).toMatchObject({ text: 'offer' });
    expect(link?.href).toMatch(new RegExp(`^${app.url}/api/outreach/click/${body.trackingId}\\?l=`));
    expect(await now(body.id)).toMatchObject({ status: 'sent', deliveredAt: null, failure: null });
    expect((await now(body.id)).sentAt).not.toBeNull();
    expect(await ledger(body.id)).toEqual({ state: 'handed', attempts: 1 });
    expect(await eventsOf(body.id)).toEqual(['message.queued', 'message.sent']);
  });

  it('threads an answer: it names the messages before it', async () => {
    const first = await send();
    await app.settle();
    const second = await send({ subject: undefined, content: 'And again' });
    await app.settle();
    const head = mailsOf(second.body.id)[0]?.content ?? '';
    expect(head).toContain(`In-Reply-To: <${first.body.id}@acme.test>`);
    expect(head).toContain(`References: <${first.body.id}@acme.test>`);
    expect(head).toContain('Subject: Re: Offer');
  });

  it('a double click, twenty times over, sends one', async () => {
    const key = { 'idempotency-key': v7() };
    const before = server.seen.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ content: 'Once' }, key)));
    await app.settle();
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(new Set(made).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(server.seen.length - before).toBe(1);
  });

  it('waits for the undo window, and sends nothing that was taken back', async () => {
    const undone = await send({ undoSeconds: 10 });
    const kept = await send({ undoSeconds: 10 });
    await app.settle();
    expect(mailsOf(undone.body.id)).toHaveLength(0);
    expect((await ada.post(`/api/messages/${undone.body.id}/undo`)).status).toBe(200);
    app.clock.advance(11_000);
    await app.settle();
    expect(mailsOf(undone.body.id)).toHaveLength(0);
    expect(mailsOf(kept.body.id)).toHaveLength(1);
    expect((await ada.post<Problem>(`/api/messages/${kept.body.id}/undo`)).body.code).toBe('undo_expired');
  });

  it('is from who wrote it as they were called when they left, if they have', async () => {
    const ben = await app.colleagueOf(ada, 'agent', 'Ben Before');
    const { body } = await send({ undoSeconds: 10 }, {}, ben);
    const members = await ada.get<{ items: Member[] }>('/api/members');
    const id = members.body.items.find(({ userId }) => userId === ben.userId)?.id;
    expect((await ada.delete(`/api/members/${id}`)).status).toBe(204);
    await app.rows(`UPDATE users SET name = 'Ben Behind' WHERE id = $1`, [ben.userId]);
    await later(11_000);
    const read = await PostalMime.parse(mailsOf(body.id)[0]?.content ?? '');
    expect(read.from).toEqual({ name: 'Ben Before', address: 'team@acme.test' });
  });

  it('leaves by itself when the undo window ends', async () => {
    const { body } = await send({ undoSeconds: 1 });
    const started = performance.now();
    while (mailsOf(body.id).length === 0 && performance.now() - started < 8_000) await wait(20);
    expect(performance.now() - started).toBeGreaterThan(800);
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  it('a greylisted mail (451) goes out later under the same Message-ID', async () => {
    server.next('rcpt', '451 4.7.1 come back later');
    const { body } = await send();
    await app.settle();
    expect(await now(body.id)).toMatchObject({
      status: 'queued',
      failure: 'the mail server answered: 451 4.7.1 come back later',
    });
    expect(mailsOf(body.id)).toHaveLength(0);
    app.clock.advance(60_000);
    await app.settle();
    expect(await now(body.id)).toMatchObject({ status: 'sent', failure: null });
    expect(mailsOf(body.id, server.taken)).toHaveLength(1);
    expect(await ledger(body.id)).toEqual({ state: 'handed', attempts: 2 });
  });

  it('a mail nobody takes for a day is given up', async () => {
    server.next('connect', ...Array.from({ length: 600 }, () => '421 4.3.2 not now'));
    server.cutAll();
    const { body } = await send();
    for (let i = 0; i < 12; i++) {
      await app.settle();
      await later(15 * 3_600_000);
    }
    expect(await now(body.id)).toMatchObject({ status: 'failed' });
    expect((await now(body.id)).failure).toMatch(/^Given up after 11 tries: the mail server answered: 421/);
    server.forget();
  });

  it('a refused mail (550) fails alone, with the server’s words', async () => {
    server.next('rcpt', '550 5.1.1 no such person');
    const refused = await send();
    await app.settle();
    const next = await send();
    await app.settle();
    expect(await now(refused.body.id)).toMatchObject({
      status: 'failed',
      failure: 'the mail server answered: 550 5.1.1 no such person',
    });
    expect(await eventsOf(refused.body.id)).toEqual(['message.queued', 'message.failed']);
    expect(await now(next.body.id)).toMatchObject({ status: 'sent' });
  });

  it('a hand-over that is cut after the content is unknown, and goes out again only when a person says so', async () => {
    server.next('content', 'drop');
    const { body } = await send();
    await app.settle();
    expect(await now(body.id)).toMatchObject({ status: 'unknown', sentAt: null });
    expect(await eventsOf(body.id)).toEqual(['message.queued', 'message.unknown']);
    await later(3 * 86_400_000);
    expect(mailsOf(body.id)).toHaveLength(1);
    const stranger = await app.person('Eve');
    expect((await stranger.post(`/api/messages/${body.id}/send-again`)).status).toBe(404);
    expect((await ada.post(`/api/messages/${body.id}/send-again`)).status).toBe(200);
    await app.settle();
    expect(mailsOf(body.id)).toHaveLength(2);
    expect(await now(body.id)).toMatchObject({ status: 'sent', failure: null });
    expect((await ada.post<Problem>(`/api/messages/${body.id}/send-again`)).body.code).toBe('wrong_state');
  });

  it('a message in the hand of a process that died is unknown once its lease has run out', async () => {
    const { body } = await send({ undoSeconds: 5 });
    app.clock.advance(6_000);
    const actor = systemActor(ada.workspaceId, 'another process');
    const claimed = await app
      .get(UnitOfWork)
      .run(actor, (tx) => app.get(SendLedger).claimDue(tx, { limit: 10, leaseMs: 120_000, token: v7() }));
    expect(claimed.map(({ id }) => id)).toEqual([body.id]);
    await app.settle();
    expect(await now(body.id)).toMatchObject({ status: 'sending' });
    app.clock.advance(121_000);
    await app.settle();
    expect(await now(body.id)).toMatchObject({ status: 'unknown' });
    expect(mailsOf(body.id)).toHaveLength(0);
  });

  it('a slow hand-over holds up nobody else', async () => {
    server.next('content', { after: 2_500, reply: '250 2.0.0 at last' });
    const slow = await send();
    while (mailsOf(slow.body.id).length === 0) await wait(5);
    const quick = await send();
    await app.settle();
    const order = [slow, quick].map(({ body }) => server.taken.indexOf(mailsOf(body.id, server.taken)[0] as TakenMail));
    expect(order[0]).toBeGreaterThan(order[1] ?? NaN);
    expect(await now(slow.body.id)).toMatchObject({ status: 'sent' });
  });

  it('a message whose lead has lost the address fails instead of staying', async () => {
    const { body } = await send({ undoSeconds: 5 });
    expect((await ada.patch(`/api/leads/${lead.id}`, { email: null })).status).toBe(200);
    app.clock.advance(6_000);
    await app.settle();
    expect(await now(body.id)).toMatchObject({ status: 'failed' });
  });

  it('nothing is lost when the queue is emptied', async () => {
    const { body } = await send({ undoSeconds: 5 });
    await app.nest.get<Queue>(getQueueToken('sending'), { strict: false }).obliterate({ force: true });
    app.clock.advance(6_000);
    await app.settle();
    expect(mailsOf(body.id)).toHaveLength(1);
  });

  it('there is no built-in mailbox while a mail server is configured', async () => {
    for (const path of ['/api/mailbox', `/api/mailbox/${v7()}`]) expect((await ada.get(path)).status).toBe(404);
    expect((await ada.post(`/api/mailbox/${v7()}/open`)).status).toBe(404);
  });
});

describe('sending mail from other processes', () => {
  it('what one that only serves HTTP accepts, one that only works sends, told by a job', async () => {
    const server = new ScriptedSmtp();
    const env = { SMTP_URL: await server.start(), MAIL_FROM: 'team@acme.test' };
    const front = await TestApp.start({ env: { ...env, ROLE: 'http' } });
    const back = await TestApp.start({ env: { ...env, ROLE: 'worker' }, sharing: front });
    try {
      const ada = await front.person('Ada');
      const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' });
      const started = performance.now();
      await ada.post(`/api/leads/${lead.body.id}/messages`, { channel: 'email', subject: 'Offer', content: 'Hello' });
      while (server.taken.length === 0 && performance.now() - started < 4_500) await wait(10);
      expect(server.taken).toHaveLength(1);
    } finally {
      await back.stop();
      await front.stop();
      await server.stop();
    }
  });

  it('with the embedded database, what a killed process had in hand is unknown as soon as the next one starts', async () => {
    const server = new ScriptedSmtp();
    const env = { SMTP_URL: await server.start(), MAIL_FROM: 'team@acme.test' };
    const front = await TestApp.start({ env: { ...env, ROLE: 'http' } });
    const ada = await front.person('Ada');
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' });
    const { body } = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, {
      channel: 'email',
      content: 'Hello',
    });
    await front
      .get(UnitOfWork)
      .run(systemActor(ada.workspaceId, 'killed'), (tx) =>
        front.get(SendLedger).claimDue(tx, { limit: 10, leaseMs: 120_000, token: v7() }),
      );
    const next = await TestApp.start({ env: { ...env, THREADLINE_EMBEDDED: '1' }, sharing: front });
    try {
      const status = async () => (await ada.get<Message>(`/api/messages/${body.id}`)).body.status;
      const started = performance.now();
      while ((await status()) === 'sending' && performance.now() - started < 5_000) await wait(20);
      expect(await status()).toBe('unknown');
      expect(server.seen).toEqual([]);
    } finally {
      await next.stop();
      await front.stop();
      await server.stop();
    }
  });
});
