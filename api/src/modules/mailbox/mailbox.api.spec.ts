import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  Conversation,
  InboundMail,
  Lead,
  LeadSuppression,
  MailboxMail,
  MailboxMailPage,
  Message,
  Page,
  Problem,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { type HandOver, MailTransport } from '../../platform/outbound';
import { InboundMails, ReplyAddresses } from '../sending';
import { MailboxServer } from './mailbox.server';

describe('the built-in mailbox', () => {
  let app: TestApp;
  let ada: Person;
  let lead: Lead;
  let domain: string;

  const write = async (content = '<p>Hello <a href="https://acme.test/offer?a=1&amp;b=2">offer</a></p>') => {
    const { body } = await ada.post<Message>(`/api/leads/${lead.id}/messages`, {
      channel: 'email',
      subject: 'Offer',
      content,
    });
    await app.settle();
    return body;
  };
  const now = async (id: string) => (await ada.get<Message>(`/api/messages/${id}`)).body;
  const mailOf = async (id: string) => {
    const { body } = await ada.get<Page<MailboxMail>>('/api/mailbox?limit=200');
    const mails = body.items.filter(({ messageId }) => messageId === id);
    expect(mails).toHaveLength(1);
    return mails[0] as MailboxMail;
  };
  const act = <T = MailboxMailPage>(id: string, action: string, body?: object) =>
    ada.post<T & Pick<Problem, 'code'>>(`/api/mailbox/${id}/${action}`, body);
  const inbound = async (state: string) =>
    (await ada.get<Page<InboundMail>>(`/api/inbound-mails?state=${state}&limit=200`)).body.items;
  const messagesOf = async () =>
    (await ada.get<Page<Message>>(`/api/leads/${lead.id}/messages`)).body.items.filter(
      ({ direction }) => direction === 'inbound',
    );
  const eventsOf = async (id: string) =>
    (await app.rows<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [id])).map(
      ({ type }) => type,
    );
  /** A mail from the world outside, as its bytes. */
  const post = (to: string, lines: string[], returnPath = lead.email ?? ''): Promise<HandOver> =>
    app.get(MailTransport).sendRaw({ returnPath, to, content: Buffer.from(lines.join('\r\n')) });
  const answer = (id: string, extra: string[] = [], text = 'Sounds good') => [
    `From: Lin <${lead.email}>`,
    'Subject: Re: Offer',
    `Message-ID: <${v7()}@example.com>`,
    `In-Reply-To: <${id}@${domain}>`,
    ...extra,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ];
  const notice = (status: string, action = 'failed') => [
    'From: MAILER-DAEMON@example.com',
    'Subject: Undelivered',
    `Message-ID: <${v7()}@example.com>`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    `Final-Recipient: rfc822; ${lead.email}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--b--',
    '',
  ];
  const suppression = async () =>
    (await ada.get<LeadSuppression>(`/api/leads/${lead.id}/suppression`)).body.suppression?.reason ?? null;
  const addressOf = (kind: 'reply' | 'bounce', message: Message) =>
    app.get(ReplyAddresses).of(kind, message.trackingId ?? '') ?? '';

  beforeAll(async () => {
    app = await TestApp.start();
    domain = app.config.mailFrom.split('@')[1] ?? '';
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` })).body;
  });

  describe('what arrives', () => {
    it('is one mail a message, delivered with the mail server’s word, and shown without telling its sender', async () => {
      const message = await write();
      expect(await now(message.id)).toMatchObject({ status: 'delivered', failure: null });
      expect((await now(message.id)).deliveredAt).not.toBeNull();
      expect(await eventsOf(message.id)).toEqual(['message.queued', 'message.sent', 'message.delivered']);
      const mail = await mailOf(message.id);
      expect(mail).toMatchObject({
        from: { id: ada.userId, name: 'Ada' },
        to: { id: lead.id, name: 'Lin', address: lead.email },
        subject: 'Offer',
        openedAt: null,
      });
      expect(mail.preview).toContain('Hello offer');
      const { body, status } = await ada.get<MailboxMailPage>(`/api/mailbox/${mail.id}`);
      expect(status).toBe(200);
      expect(body.html).toContain('Hello');
      expect(body.html).not.toContain('/api/outreach/track/');
      expect(body.text).toContain('offer <https://acme.test/offer?a=1&b=2>');
      expect(body.links).toEqual([{ index: 0, href: expect.stringContaining('/api/outreach/click/'), text: 'offer' }]);
      const header = (name: string) => body.headers.find((one) => one.name === name)?.value;
      expect(header('Message-ID')).toBe(`<${message.id}@${domain}>`);
      expect(header('Reply-To')).toContain(addressOf('reply', message));
      await app.settle();
      expect(await now(message.id)).toMatchObject({ openedAt: null });
    });

    it('is listed newest first, page by page', async () => {
      const messages = [await write('one'), await write('two'), await write('three')];
      const first = await ada.get<Page<MailboxMail>>('/api/mailbox?limit=2');
      const second = await ada.get<Page<MailboxMail>>(`/api/mailbox?limit=2&cursor=${first.body.nextCursor}`);
      const ids = [...first.body.items, ...second.body.items].slice(0, 3).map(({ messageId }) => messageId);
      expect(ids).toEqual(messages.map(({ id }) => id).reverse());
    });

    it('is seen by its own workspace only', async () => {
      const mail = await mailOf((await write()).id);
      const eve = await app.person('Eve');
      expect((await eve.get<Page<MailboxMail>>('/api/mailbox')).body.items).toEqual([]);
      expect((await eve.get(`/api/mailbox/${mail.id}`)).status).toBe(404);
      for (const action of ['open', 'scan'])
        expect((await eve.post(`/api/mailbox/${mail.id}/${action}`)).status).toBe(404);
      expect((await eve.post(`/api/mailbox/${mail.id}/click`, { index: 0 })).status).toBe(404);
      expect((await eve.post(`/api/mailbox/${mail.id}/reply`, { text: 'x' })).status).toBe(404);
      expect((await eve.post(`/api/mailbox/${mail.id}/bounce`, { kind: 'hard' })).status).toBe(404);
      expect((await app.stranger.get('/api/mailbox')).status).toBe(401);
    });

    it('is kept up to 500 mails', async () => {
      const message = await write();
      await app.rows(
        `INSERT INTO mailbox_mails SELECT workspace_id, gen_random_uuid(), message_id, message_id_header, envelope_from,
                envelope_to, from_name, from_address, to_name, to_address, subject, preview,
                received_at - n * interval '1 second', null, null, null, raw
           FROM mailbox_mails, generate_series(1, 510) n WHERE message_id = $1`,
        [message.id],
      );
      const newest = await write();
      const [kept] = await app.rows<{ count: string }>('SELECT count(*) FROM mailbox_mails WHERE workspace_id = $1', [
        ada.workspaceId,
      ]);
      expect(Number(kept?.count)).toBe(500);
      await app.rows('DELETE FROM mailbox_mails WHERE message_id = $1', [message.id]);
      await mailOf(newest.id);
    });

    it('is never mail of another house', async () => {
      await expect(post('somebody@example.com', answer(v7()))).resolves.toMatchObject({
        outcome: 'refused',
        reason: expect.stringContaining('own house'),
      });
      await expect(post('somebody@example.com', ['Subject: none', '', 'x'])).resolves.toMatchObject({
        outcome: 'refused',
      });
    });

    it('comes by loopback only', async () => {
      const server = app.get(MailboxServer);
      expect(server.port).toBeGreaterThan(0);
      const greeting = await new Promise<string>((resolve, reject) => {
        const socket = connect(server.port ?? 0, '127.0.0.1');
        socket.once('data', (data) => {
          socket.destroy();
          resolve(data.toString());
        });
        socket.once('error', reject);
      });
      expect(greeting).toMatch(/^220 /);
      const outside = Object.values((await import('node:os')).networkInterfaces()).flat();
      for (const { address, internal, family } of outside.filter((one) => one !== undefined)) {
        if (internal || family !== 'IPv4') continue;
        await expect(
          new Promise((resolve, reject) => {
            const socket = connect({ port: server.port ?? 0, host: address, timeout: 1_000 });
            socket.once('connect', () => (socket.destroy(), resolve('connected')));
            socket.once('error', reject);
            socket.once('timeout', () => (socket.destroy(), reject(new Error('timeout'))));
          }),
        ).rejects.toThrow();
      }
    });
  });

  describe('the recipient', () => {
    it('opens it, and the message counts as opened by a person', async () => {
      const message = await write();
      const mail = await mailOf(message.id);
      app.clock.advance(5_000);
      const opened = await act(mail.id, 'open');
      expect(opened.status).toBe(200);
      expect(opened.body.openedAt).not.toBeNull();
      await app.settle();
      expect((await now(message.id)).openedAt).not.toBeNull();
      expect(await eventsOf(message.id)).toContain('message.opened');
    });

    it('clicks a link, and lands where the sender put it', async () => {
      const message = await write();
      const mail = await mailOf(message.id);
      app.clock.advance(5_000);
      expect((await act<{ location: string }>(mail.id, 'click', { index: 0 })).body.location).toBe(
        'https://acme.test/offer?a=1&b=2',
      );
      await app.settle();
      expect((await now(message.id)).clickedAt).not.toBeNull();
      expect((await act(mail.id, 'click', { index: 7 })).body.code).toBe('invalid_input');
      expect((await act(mail.id, 'click', { index: -1 })).status).toBe(400);
    });

    it('sits behind a gateway whose scan counts as no person', async () => {
      const message = await write();
      const mail = await mailOf(message.id);
      app.clock.advance(5_000);
      const scanned = await act<{ requests: number }>(mail.id, 'scan');
      expect(scanned.body.requests).toBeGreaterThanOrEqual(4);
      await app.settle();
      expect(await now(message.id)).toMatchObject({ openedAt: null, clickedAt: null });
    });

    it('answers, and the answer comes back into the conversation', async () => {
      const message = await write();
      const mail = await mailOf(message.id);
      const replied = await act(mail.id, 'reply', { text: 'Yes, <b>please</b>!' });
      expect(replied.status).toBe(200);
      expect(replied.body.answeredAt).not.toBeNull();
      const [reply, ...more] = await messagesOf();
      expect(more).toEqual([]);
      expect(reply).toMatchObject({
        conversationId: message.conversationId,
        status: 'received',
        subject: 'Re: Offer',
        authorId: null,
      });
      expect(reply?.content).toContain('Yes, &lt;b&gt;please&lt;/b&gt;!');
      expect((await now(message.id)).repliedAt).not.toBeNull();
      expect(await eventsOf(message.id)).toContain('message.replied');
      const conversation = await ada.get<Conversation>(`/api/conversations/${message.conversationId}`);
      expect(conversation.body).toMatchObject({ unreadCount: 1, lastMessageDirection: 'inbound' });
      expect(conversation.body.lastMessagePreview).toBe('Yes, <b>please</b>!');
      expect((await act(mail.id, 'reply', { text: '' })).status).toBe(400);
    });

    it.each([
      ['hard', '5.1.1'],
      ['soft', '4.2.2'],
    ])('sends it back (%s), and the message shows why', async (kind, status) => {
      const message = await write();
      const mail = await mailOf(message.id);
      expect((await act(mail.id, 'bounce', { kind })).body.bouncedAt).not.toBeNull();
      expect(await now(message.id)).toMatchObject({ status: 'bounced' });
      expect((await now(message.id)).failure).toContain(status);
      expect(await eventsOf(message.id)).toContain('message.bounced');
      expect((await inbound('bounce')).map(({ messageId }) => messageId)).toContain(message.id);
      expect((await act(mail.id, 'bounce', { kind: 'weird' })).status).toBe(400);
    });
  });

  describe('mail that comes in', () => {
    it('is matched by its References where it came without a token', async () => {
      const message = await write();
      expect(await post(`reply@${domain}`, answer(message.id))).toMatchObject({ outcome: 'taken' });
      expect(await messagesOf()).toMatchObject([{ content: 'Sounds good' }]);
      expect((await now(message.id)).repliedAt).not.toBeNull();
      expect(await post(`reply@${domain}`, answer(v7()))).toMatchObject({ outcome: 'refused' });
    });

    it('that a machine wrote is shown, and is no reply', async () => {
      const message = await write();
      const outcome = await post(
        addressOf('reply', message),
        answer(message.id, ['Auto-Submitted: auto-replied'], 'Away'),
      );
      expect(outcome).toMatchObject({ outcome: 'taken' });
      expect(await messagesOf()).toMatchObject([{ content: 'Away' }]);
      expect((await now(message.id)).repliedAt).toBeNull();
      await post(addressOf('bounce', message), answer(message.id, [], 'On holiday'));
      expect((await now(message.id)).repliedAt).toBeNull();
      expect((await inbound('automatic')).length).toBeGreaterThanOrEqual(2);
    });

    it('is taken once, however often it is handed in', async () => {
      const message = await write();
      const mail = answer(message.id);
      for (let i = 0; i < 3; i++)
        expect(await post(addressOf('reply', message), mail)).toMatchObject({ outcome: 'taken' });
      expect(await post(addressOf('reply', message), [...mail, 'with a footer'])).toMatchObject({ outcome: 'taken' });
      expect(await messagesOf()).toHaveLength(1);
      expect(await inbound('duplicate')).toHaveLength(1);
    });

    it('with a forged token is refused before its content', async () => {
      const message = await write();
      const genuine = addressOf('bounce', message);
      const forged = genuine.replace(/\+(.)/, (_, first: string) => `+${first === 'a' ? 'b' : 'a'}`);
      const other = genuine.replace('bounce', 'reply');
      for (const address of [forged, other, `bounce+${'a'.repeat(45)}@${domain}`]) {
        expect(app.get(InboundMails).takes(address)).toBe(false);
      }
      expect(await now(message.id)).toMatchObject({ status: 'delivered' });
    });

    it.each([
      ['4.2.2', null],
      ['5.1.1', 'bounced'],
    ])('that is a notice of failure with %s brings it back, and suppresses the address: %s', async (status, reason) => {
      const message = await write();
      await post(addressOf('bounce', message), notice(status), '');
      expect((await now(message.id)).status).toBe('bounced');
      expect(await suppression()).toBe(reason);
    });

    it('that is a forged notice of failure brings nothing back, and is listed', async () => {
      const message = await write();
      expect(await post(addressOf('reply', message), notice('5.1.1'), '')).toMatchObject({ outcome: 'taken' });
      expect(await post(addressOf('bounce', message), notice('4.4.7', 'delayed'), '')).toMatchObject({
        outcome: 'taken',
      });
      const text = answer(message.id, [], 'Undelivered. Status: 5.1.1. Action: failed');
      expect(await post(addressOf('bounce', message), text)).toMatchObject({ outcome: 'taken' });
      expect(await now(message.id)).toMatchObject({ status: 'delivered', failure: null });
      expect(await suppression()).toBeNull();
      expect(await inbound('unmatched')).toMatchObject([
        { subject: 'Undelivered', reason: expect.stringContaining('notice') },
      ]);
    });

    it('that cannot be read is kept and listed, and the next mail is read', async () => {
      const message = await write();
      const nested = (depth: number): string =>
        depth === 0
          ? '\r\nx\r\n'
          : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}--b${depth}--\r\n`;
      expect(await post(addressOf('reply', message), [nested(200)])).toMatchObject({ outcome: 'taken' });
      expect(await inbound('unreadable')).toHaveLength(1);
      expect(await post(addressOf('reply', message), answer(message.id))).toMatchObject({ outcome: 'taken' });
      expect(await messagesOf()).toHaveLength(1);
    });

    it('is stored without anything that runs, loads or covers', async () => {
      const message = await write();
      const html =
        '<p onclick="x()" style="position:fixed">Hi<img src="https://spy.test/p.gif"><script>alert(1)</script><a href="javascript:x">a</a></p>';
      const lines = answer(message.id, [], html).map((line) => line.replace('text/plain', 'text/html'));
      await post(addressOf('reply', message), lines);
      const [reply] = await messagesOf();
      expect(reply?.content).toContain('Hi');
      expect(reply?.content).not.toMatch(/script|onclick|position|spy\.test/);
    });

    it('settles what a cut hand-over had left open: what was answered had arrived', async () => {
      const message = await write();
      await app.rows(`UPDATE messages SET status = 'unknown', sent_at = NULL, delivered_at = NULL WHERE id = $1`, [
        message.id,
      ]);
      await app.rows(`UPDATE message_sends SET state = 'unknown' WHERE id = $1`, [message.id]);
      await post(addressOf('reply', message), answer(message.id));
      expect(await now(message.id)).toMatchObject({ status: 'delivered', failure: null });
      expect((await now(message.id)).repliedAt).not.toBeNull();
    });

    it('is filed later when the process ended in between', async () => {
      const message = await write();
      await post(addressOf('reply', message), answer(message.id));
      await app.rows(
        `UPDATE inbound_mails SET state = 'pending', message_id = NULL, raw = convert_to(replace(convert_from(raw, 'UTF8'), 'Sounds', 'Seems'), 'UTF8')
          WHERE answers_id = $1`,
        [message.id],
      );
      await app.rows(`DELETE FROM messages WHERE lead_id = $1 AND direction = 'inbound'`, [lead.id]);
      app.clock.advance(60_000);
      await app.settle();
      expect(await messagesOf()).toMatchObject([{ content: 'Seems good' }]);
    });
  });

  it('other people’s addresses are theirs: mail to a made-up one is not taken', async () => {
    const made = `reply+${randomBytes(28).toString('hex').slice(0, 45)}@${domain}`;
    expect(app.get(InboundMails).takes(made)).toBe(false);
  });
});
