import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  AuditEntry,
  Lead,
  Message,
  Page,
  Problem,
  Provider,
  ProviderConnection,
  ProviderEvent,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { ScriptedSmtp } from '../../../test/scripted-smtp';
import { systemActor } from '../../platform/access';
import { OutboundHttp } from '../../platform/outbound';
import { UnitOfWork } from '../../platform/work';
import { ProviderEvents } from './filing/provider-events.service';
import { KEEP_MS, ProviderHooksSweeper } from './filing/provider-hooks.sweeper';
import { ReceivedTexts } from './filing/received-texts';
import { told } from './providers/provider-request.rules';
import { fromMailgun, fromMeta, fromTwilio, SendGridAccount, TestSns } from './testing/signers';

type Signed = ReturnType<typeof fromMeta>;
const EMPTY = { pending: 0, applied: 0, noted: 0, outdated: 0, unmatched: 0, unreadable: 0, failed: 0 };

describe('providers who call us', () => {
  const server = new ScriptedSmtp();
  const sendGrid = new SendGridAccount();
  let app: TestApp;
  /** A second node on the same database. */
  let other: TestApp;
  let ada: Person;

  const connect = async (provider: Provider, settings: object, person = ada) => {
    const made = await person.post<ProviderConnection>('/api/provider-connections', {
      provider,
      name: 'Ours',
      settings,
    });
    expect(made.status).toBe(201);
    return made.body;
  };
  /** Calls a connection's address, at any node. */
  const call = (connection: ProviderConnection, { raw, headers }: Signed, node = app) =>
    node.stranger.call<string & Partial<Problem>>(
      'POST',
      new URL(connection.url).pathname,
      raw.toString(),
      headers as Record<string, string>,
    );
  const eventsOf = async ({ id }: ProviderConnection, query = '') =>
    (await ada.get<Page<ProviderEvent>>(`/api/provider-connections/${id}/events${query}`)).body.items;
  const one = async (connection: ProviderConnection) =>
    (await ada.get<Page<ProviderConnection>>('/api/provider-connections')).body.items.find(
      ({ id }) => id === connection.id,
    );
  /** A mail of ours that the mail server took. */
  const sent = async (): Promise<Message & { header: string }> => {
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` });
    const made = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, { channel: 'email', content: 'Hello' });
    await app.settle();
    expect((await now(made.body.id)).status).toBe('sent');
    return { ...made.body, header: `<${made.body.id}@acme.test>` };
  };
  const now = async (id: string) => (await ada.get<Message>(`/api/messages/${id}`)).body;
  const event = (name: string, smtpId: string, more: object = {}) => ({
    sg_event_id: v7(),
    sg_message_id: `${v7()}.filter`,
    'smtp-id': smtpId,
    event: name,
    timestamp: Math.floor(app.clock.millis() / 1000),
    ...more,
  });
  const logged = async (type: string, subjectId: string) =>
    app.rows<{ data: object }>('SELECT data FROM events WHERE type = $1 AND subject_id = $2 ORDER BY seq', [
      type,
      subjectId,
    ]);

  beforeAll(async () => {
    const env = {
      SMTP_URL: await server.start(),
      MAIL_FROM: 'team@acme.test',
      PUBLIC_URL: 'https://threads.acme.test',
    };
    app = await TestApp.start({ env });
    other = await TestApp.start({ env, sharing: app });
    ada = await app.person('Ada');
  });
  afterAll(async () => {
    await other?.stop();
    await app?.stop();
    await server.stop();
  });
  beforeEach(() => {
    jest.restoreAllMocks();
  });

  describe('a connection', () => {
    it('is made with an address of its own, changed and removed, and never shows its secret', async () => {
      const made = await connect('mailgun', { secret: 'signing key one' });
      expect(made).toMatchObject({ provider: 'mailgun', name: 'Ours', settings: {}, hasSecret: true, counts: EMPTY });
      expect(made.url).toMatch(/^https:\/\/threads\.acme\.test\/api\/hooks\/mailgun\/[\w-]{43}$/);
      const [row] = await app.rows<{ secret: string }>('SELECT secret FROM provider_connections WHERE id = $1', [
        made.id,
      ]);
      expect(row?.secret).toMatch(/^v1\./);
      expect(await logged('provider_connection.created', made.id)).toMatchObject([{ data: { provider: 'mailgun' } }]);

      const changed = await ada.patch<ProviderConnection>(`/api/provider-connections/${made.id}`, {
        name: 'Theirs',
        settings: { secret: 'signing key two' },
      });
      expect(changed.body).toMatchObject({ name: 'Theirs', url: made.url, hasSecret: true });
      expect(JSON.stringify(changed.body)).not.toContain('signing key');
      expect(await logged('provider_connection.updated', made.id)).toMatchObject([
        { data: { name: 'Theirs', changed: ['name', 'secret'] } },
      ]);
      const again = await ada.patch(`/api/provider-connections/${made.id}`, { name: 'Theirs' });
      expect(again.status).toBe(200);
      expect(await logged('provider_connection.updated', made.id)).toHaveLength(1);

      expect((await ada.delete(`/api/provider-connections/${made.id}`)).status).toBe(204);
      expect(await logged('provider_connection.deleted', made.id)).toHaveLength(1);
      expect((await call(made, fromMailgun('signing key two', { id: 'e' }, app.clock.now()))).status).toBe(404);
    });

    it.each([
      ['twilio', {}, 'settings.secret'],
      ['sendgrid', { verificationKey: 'A'.repeat(60) }, 'settings.verificationKey'],
      ['ses', { topicArn: 'arn:aws:s3:::a-bucket-of-mine' }, 'settings.topicArn'],
      ['meta', { secret: 'app secret', topicArn: 'arn:aws:sns:eu-west-1:123456789012:x' }, 'settings.topicArn'],
    ])('of %s is refused with %j', async (provider, settings, path) => {
      const answer = await ada.post<Problem>('/api/provider-connections', { provider, name: 'x', settings });
      expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ path }] });
    });

    it('is seen by managers, made by owners and admins, and is nobody else’s', async () => {
      const made = await connect('twilio', { secret: 'token' });
      const manager = await app.colleagueOf(ada, 'manager');
      expect((await manager.get('/api/provider-connections')).status).toBe(200);
      expect((await manager.delete(`/api/provider-connections/${made.id}`)).status).toBe(403);
      const agent = await app.colleagueOf(ada, 'agent');
      expect((await agent.get('/api/provider-connections')).status).toBe(403);
      const eve = await app.person('Eve');
      expect((await eve.get(`/api/provider-connections/${made.id}/events`)).status).toBe(404);
      expect((await eve.patch(`/api/provider-connections/${made.id}`, { name: 'Mine' })).status).toBe(404);
    });
  });

  describe('what is signed', () => {
    it('is on disk before the answer, to the byte', async () => {
      const connection = await connect('sendgrid', { verificationKey: sendGrid.verificationKey });
      const post = sendGrid.post([event('processed', '<nobody@acme.test>')], app.clock.now());
      const answer = await call(connection, post);
      expect(answer).toMatchObject({ status: 200, body: '' });
      const [row] = await app.rows<{ raw: Buffer }>('SELECT raw FROM provider_requests WHERE connection_id = $1', [
        connection.id,
      ]);
      expect(row?.raw.equals(post.raw)).toBe(true);
    });

    it('marks our mail delivered, and then bounced when it comes back after all', async () => {
      const connection = await connect('sendgrid', { verificationKey: sendGrid.verificationKey });
      const mail = await sent();
      await call(
        connection,
        sendGrid.post([event('delivered', mail.header), event('open', mail.header)], app.clock.now()),
      );
      await app.settle();
      const delivered = await now(mail.id);
      expect(delivered).toMatchObject({ status: 'delivered', openedAt: null });
      expect(delivered.deliveredAt).not.toBeNull();
      const bounce = event('bounce', mail.header, { reason: '550 5.1.1 no such user' });
      await call(connection, sendGrid.post([bounce], app.clock.now()));
      await app.settle();
      expect(await now(mail.id)).toMatchObject({ status: 'bounced', failure: '550 5.1.1 no such user' });
      await call(connection, sendGrid.post([event('delivered', mail.header)], app.clock.now()));
      await app.settle();
      expect(await now(mail.id)).toMatchObject({ status: 'bounced' });
      expect((await eventsOf(connection)).map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
        'bounced applied',
        'delivered applied',
        'delivered outdated',
        'opened noted',
      ]);
      expect((await one(connection))?.counts).toEqual({ ...EMPTY, applied: 2, noted: 1, outdated: 1 });
      const heard = await logged('provider_connection.heard', connection.id);
      expect(heard[0]?.data).toEqual({ connectionId: connection.id, states: { applied: 1, noted: 1 } });
    });

    it('is found by the id that we told the provider, before any Message-ID', async () => {
      const connection = await connect('mailgun', { secret: 'signing key' });
      const mail = await sent();
      const event = {
        id: 'e-1',
        event: 'delivered',
        timestamp: app.clock.millis() / 1000,
        'user-variables': { threadline_id: mail.trackingId },
        message: { headers: { 'message-id': 'rewritten@mailgun.test' } },
      };
      await call(connection, fromMailgun('signing key', event, app.clock.now()));
      await app.settle();
      expect(await now(mail.id)).toMatchObject({ status: 'delivered' });
      expect(await eventsOf(connection)).toMatchObject([{ eventId: 'e-1', state: 'applied', messageId: mail.id }]);
    });

    it('of another workspace’s mail touches nothing and stays to be seen', async () => {
      const eve = await app.person('Eve');
      const theirs = await connect('sendgrid', { verificationKey: sendGrid.verificationKey }, eve);
      const mail = await sent();
      await call(theirs, sendGrid.post([event('bounce', mail.header)], app.clock.now()));
      await app.settle();
      expect(await now(mail.id)).toMatchObject({ status: 'sent' });
      const seen = await eve.get<Page<ProviderEvent>>(`/api/provider-connections/${theirs.id}/events?state=unmatched`);
      expect(seen.body.items).toMatchObject([
        { kind: 'bounced', reason: 'it is about no message that was sent from here' },
      ]);
    });

    it('and makes no sense is kept and listed as unreadable', async () => {
      const connection = await connect('meta', { secret: 'app secret' });
      expect((await call(connection, fromMeta('app secret', { object: 'unheard of' }))).status).toBe(200);
      await app.settle();
      expect(await eventsOf(connection)).toMatchObject([
        { state: 'unreadable', eventId: expect.stringMatching(/^sha256:/) },
      ]);
    });

    it('is an SMS that stays to be seen while there are no conversations by SMS', async () => {
      const connection = await connect('twilio', { secret: 'auth token' });
      const form = { MessageSid: 'SM1', SmsStatus: 'received', From: '+15550100', Body: 'Hello?' };
      expect((await call(connection, fromTwilio(connection.url, 'auth token', form))).status).toBe(200);
      await app.settle();
      expect(await eventsOf(connection)).toMatchObject([
        { kind: 'received', state: 'unmatched', reason: 'this version has no conversations by sms' },
      ]);
    });
  });

  it('takes a text for the lead with that number, however it is written, and for nobody where two have it', async () => {
    const phone = `+49 (30) ${randomInt(1_000_000, 9_999_999)}`;
    const lead = await ada.post<Lead>('/api/leads', { name: 'Mo', phone });
    const from = `+${phone.replace(/\D/g, '')}`;
    // No channel of a provider is one of conversations yet: the way in is the same for all that will be.
    const file = (id: string) =>
      app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), (tx) => {
        const received = { channel: 'email', from, text: 'Call me' };
        return app.get(ReceivedTexts).file(tx, received, told({ id, kind: 'received' }), app.clock.now());
      });
    expect(await file('SM10')).toMatchObject({ state: 'applied' });
    expect(await file('SM10')).toMatchObject({ state: 'noted' });
    const messages = await ada.get<Page<Message>>(`/api/leads/${lead.body.id}/messages`);
    expect(messages.body.items).toMatchObject([{ direction: 'inbound', content: 'Call me' }]);
    await ada.post('/api/leads', { name: 'Mo again', phone: from });
    expect(await file('SM11')).toMatchObject({ state: 'unmatched', reason: 'several leads have this number' });
  });

  describe('what is not signed', () => {
    it('is refused without a word why, stored nowhere, and an entry of the audit log', async () => {
      const connection = await connect('meta', { secret: 'app secret' });
      const answer = await call(connection, fromMeta('a guess', { entry: [] }));
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'forbidden' });
      expect(answer.body).not.toHaveProperty('detail');
      expect(await app.rows('SELECT 1 FROM provider_requests WHERE connection_id = $1', [connection.id])).toEqual([]);
      const audit = await ada.get<Page<AuditEntry>>(
        `/api/audit?outcome=denied&targetType=provider_connection&targetId=${connection.id}`,
      );
      expect(audit.body.items).toMatchObject([{ action: 'access.denied.v1', reason: 'signature' }]);
      expect((await one(connection))?.lastDeniedAt).not.toBeNull();
      expect(await logged('provider_connection.denied', connection.id)).toHaveLength(1);
    });

    it('fills the audit log sixty times an hour from one address, while what is signed still comes in', async () => {
      const connection = await connect('meta', { secret: 'app secret' });
      const forged = fromMeta('a guess', { entry: [] });
      for (let tries = 0; tries < 60; tries += 1) expect((await call(connection, forged)).status).toBe(403);
      expect((await call(connection, forged)).status).toBe(429);
      const status = { id: 'wamid.x', status: 'sent', timestamp: '1600112502' };
      expect(
        (await call(connection, fromMeta('app secret', { entry: [{ changes: [{ value: { statuses: [status] } }] }] })))
          .status,
      ).toBe(200);
    });

    it('is nobody’s address, in 404', async () => {
      const path = `/api/hooks/twilio/${'a'.repeat(43)}`;
      expect((await app.stranger.post(path, {})).status).toBe(404);
      expect((await app.stranger.post('/api/hooks/nobody/xyz', {})).status).toBe(400);
      expect((await app.stranger.get(path)).status).toBe(404);
    });

    it('is a token of Mailgun’s that somebody puts beside another event', async () => {
      const connection = await connect('mailgun', { secret: 'signing key' });
      const genuine = fromMailgun('signing key', { id: 'e-2', event: 'accepted' }, app.clock.now(), 'token-1');
      expect((await call(connection, genuine)).status).toBe(200);
      expect((await call(connection, genuine)).status).toBe(200);
      const forged = Buffer.from(genuine.raw.toString().replace('e-2', 'e-3'));
      expect((await call(connection, { ...genuine, raw: forged })).status).toBe(403);
      expect(await eventsOf(connection)).toMatchObject([{ eventId: 'e-2' }]);
    });
  });

  it('is set up with Meta by its question', async () => {
    const connection = await connect('meta', { secret: 'app secret' });
    const path = new URL(connection.url).pathname;
    const word = connection.settings.verifyToken ?? '';
    const ask = (token: string) =>
      app.stranger.get<string>(`${path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    expect(await ask(word)).toMatchObject({ status: 200, body: '1158201444' });
    expect((await one(connection))?.confirmedAt).not.toBeNull();
    expect((await ask('guess')).status).toBe(403);
  });

  it('is set up with SNS by calling its address, and no other', async () => {
    const sns = new TestSns(app.clock.now());
    const connection = await connect('ses', { topicArn: sns.topicArn });
    const called: string[] = [];
    for (const node of [app, other]) {
      jest.spyOn(node.get(OutboundHttp), 'request').mockImplementation(({ url }) => {
        called.push(url);
        const body = Buffer.from(url.endsWith('.pem') ? sns.certificate : '<ConfirmSubscriptionResponse/>');
        return Promise.resolve({ status: 200, headers: {}, body, cut: false, tookMs: 1 });
      });
    }
    const elsewhere = sns.askForConfirmation({ SubscribeURL: 'https://169.254.169.254/latest/meta-data' });
    expect((await call(connection, elsewhere)).status).toBe(200);
    await app.settle();
    expect(called).toEqual([sns.certificateUrl]);
    expect(await eventsOf(connection)).toMatchObject([{ kind: 'confirmation', state: 'failed' }]);
    expect((await call(connection, sns.askForConfirmation())).status).toBe(200);
    await app.settle();
    expect(called.slice(1)).toEqual([expect.stringContaining('Action=ConfirmSubscription')]);
    expect((await one(connection))?.confirmedAt).not.toBeNull();

    const mail = await sent();
    const message = { eventType: 'Delivery', mail: { messageId: 'ses-1', commonHeaders: { messageId: mail.header } } };
    expect((await call(connection, sns.notify(message))).status).toBe(200);
    await app.settle();
    expect(await now(mail.id)).toMatchObject({ status: 'delivered' });
  });

  it('asks SNS to come again while its certificate cannot be had', async () => {
    const sns = new TestSns(app.clock.now());
    const connection = await connect('ses', { topicArn: 'arn:aws:sns:eu-north-1:123456789012:mail-events' });
    jest.spyOn(app.get(OutboundHttp), 'request').mockRejectedValue(new Error('away'));
    const answer = await call(
      connection,
      sns.notify(
        {},
        {
          TopicArn: 'arn:aws:sns:eu-north-1:123456789012:mail-events',
          SigningCertURL: 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-0a.pem',
        },
      ),
    );
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
  });

  it('F48: counts an event once that comes five times at once to two nodes, and answers each with 200', async () => {
    const connection = await connect('sendgrid', { verificationKey: sendGrid.verificationKey });
    const mail = await sent();
    const post = sendGrid.post([event('delivered', mail.header), event('processed', mail.header)], app.clock.now());
    const answers = await Promise.all([0, 1, 2, 3, 4].map((turn) => call(connection, post, turn % 2 ? other : app)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await Promise.all([app.settle(), other.settle()]);
    expect(await eventsOf(connection)).toHaveLength(2);
    expect(await logged('message.delivered', mail.id)).toHaveLength(1);
    expect(await app.rows('SELECT 1 FROM provider_requests WHERE connection_id = $1', [connection.id])).toHaveLength(1);
  });

  it('F49: ends at read in a hundred orders of sent, delivered and read, with the provider’s own times', async () => {
    const connection = await connect('meta', { secret: 'app secret' });
    const steps = ['sent', 'delivered', 'read'].map((status, index) => ({
      status,
      timestamp: String(1_700_000_000 + index),
    }));
    for (let round = 0; round < 100; round += 1) {
      const statuses = shuffled(steps).map((step) => ({ ...step, id: `wamid.${round}` }));
      const requests = round % 2 ? [statuses] : statuses.map((status) => [status]);
      for (const part of requests) {
        const value = { statuses: part };
        expect((await call(connection, fromMeta('app secret', { entry: [{ changes: [{ value }] }] }))).status).toBe(
          200,
        );
      }
    }
    await app.settle();
    const rows = await app.rows<{ status: string; sent_at: Date; delivered_at: Date; read_at: Date }>(
      'SELECT status, sent_at, delivered_at, read_at FROM provider_messages WHERE connection_id = $1',
      [connection.id],
    );
    expect(rows).toHaveLength(100);
    for (const row of rows) {
      expect(row).toEqual({
        status: 'read',
        sent_at: new Date(1_700_000_000_000),
        delivered_at: new Date(1_700_000_001_000),
        read_at: new Date(1_700_000_002_000),
      });
    }
  });

  it('is worked on by a sweep when the process that took it in ended at once', async () => {
    const connection = await connect('sendgrid', { verificationKey: sendGrid.verificationKey });
    const mail = await sent();
    jest.spyOn(app.get(ProviderEvents), 'process').mockResolvedValue(undefined);
    await call(connection, sendGrid.post([event('delivered', mail.header)], app.clock.now()));
    expect(await now(mail.id)).toMatchObject({ status: 'sent' });
    await other.settle();
    expect(await now(mail.id)).toMatchObject({ status: 'delivered' });
  });

  it('forgets after thirty days what was worked on, and knows an event again until then', async () => {
    const connection = await connect('meta', { secret: 'app secret' });
    const value = { statuses: [{ id: 'wamid.old', status: 'sent', timestamp: '1700000000' }] };
    const post = fromMeta('app secret', { entry: [{ changes: [{ value }] }] });
    await call(connection, post);
    await app.settle();
    app.clock.advance(KEEP_MS - 60_000);
    await app.get(ProviderHooksSweeper).forget();
    ada = await app.signIn(ada.session?.user.email ?? '');
    await call(connection, post);
    expect(await eventsOf(connection)).toHaveLength(1);
    app.clock.advance(120_000);
    expect(await app.get(ProviderHooksSweeper).forget()).toBeGreaterThan(0);
    expect(await eventsOf(connection)).toEqual([]);
  });
});

function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(randomInt(left.length), 1)[0] as T);
}
