import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  AuditEntry,
  Lead,
  LeadSuppression,
  Message,
  Page,
  Problem,
  ProviderConnection,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { ScriptedSmtp } from '../../../test/scripted-smtp';
import { fromMailgun, SendGridAccount } from './testing/signers';

const KEY = 'signing key';

describe('an address that mail came back from, or was reported as spam by', () => {
  const server = new ScriptedSmtp();
  const sendGrid = new SendGridAccount();
  let app: TestApp;
  let ada: Person;
  let lead: Lead;
  let mail: Message;
  let sendGridAddress: string;
  let mailgunAddress: string;

  beforeAll(async () => {
    app = await TestApp.start({ env: { SMTP_URL: await server.start(), MAIL_FROM: 'team@acme.test' } });
    ada = await app.person('Ada');
    const connect = async (provider: string, settings: object) =>
      (await ada.post<ProviderConnection>('/api/provider-connections', { provider, name: 'Ours', settings })).body.url;
    sendGridAddress = await connect('sendgrid', { verificationKey: sendGrid.verificationKey });
    mailgunAddress = await connect('mailgun', { secret: KEY });
  });
  afterAll(async () => {
    await app?.stop();
    await server.stop();
  });
  beforeEach(async () => {
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` })).body;
    mail = (await send()).body;
    await app.settle();
  });

  const send = (content = 'Hello', undoSeconds = 0) =>
    ada.post<Message & Pick<Problem, 'code'>>(`/api/leads/${lead.id}/messages`, {
      channel: 'email',
      content,
      undoSeconds,
    });
  const call = async (url: string, { raw, headers }: ReturnType<typeof fromMailgun>) => {
    const answer = await app.stranger.call(
      'POST',
      new URL(url).pathname,
      raw.toString(),
      headers as Record<string, string>,
    );
    expect(answer.status).toBe(200);
    await app.settle();
  };
  /** SendGrid tells of the mail. */
  const tell = (event: string, more: object = {}) => {
    const base = { sg_event_id: v7(), 'smtp-id': `<${mail.id}@acme.test>`, email: lead.email };
    return call(sendGridAddress, sendGrid.post([{ ...base, event, timestamp: seconds(), ...more }], app.clock.now()));
  };
  const seconds = () => Math.floor(app.clock.millis() / 1000);
  const suppression = async () =>
    (await ada.get<LeadSuppression>(`/api/leads/${lead.id}/suppression`)).body.suppression;
  const lift = (person: Person, reason = 'Lin called, the mailbox works again') =>
    person.post<LeadSuppression & Pick<Problem, 'code'>>(`/api/leads/${lead.id}/suppression/lift`, { reason });
  const logged = async (type: string) =>
    (
      await app.rows<{ data: object }>('SELECT data FROM events WHERE subject_id = $1 AND type = $2', [lead.id, type])
    ).map(({ data }) => data);

  it('gets nothing more, neither what is written now nor what waited, however often it is told', async () => {
    const waiting = (await send('Waits', 30)).body;
    await tell('bounce', { type: 'bounce', reason: '550 5.1.1 no such user' });
    await tell('bounce', { type: 'bounce', reason: '550 5.1.1 no such user' });
    expect(await suppression()).toMatchObject({ reason: 'bounced', messageId: mail.id });
    expect(await logged('lead.suppressed')).toEqual([{ leadId: lead.id, reason: 'bounced', messageId: mail.id }]);
    expect(await send()).toMatchObject({ status: 409, body: { code: 'address_suppressed' } });
    app.clock.advance(31_000);
    await app.settle();
    const failed = (await ada.get<Message>(`/api/messages/${waiting.id}`)).body;
    expect(failed).toMatchObject({ status: 'failed', failure: expect.stringContaining('came back for good') });
  });

  it('is told apart by why: a complaint, here of Mailgun', async () => {
    const event = { id: v7(), event: 'complained', timestamp: seconds(), recipient: lead.email?.toUpperCase() };
    const told = { ...event, 'user-variables': { threadline_id: mail.trackingId } };
    await call(mailgunAddress, fromMailgun(KEY, told, app.clock.now()));
    expect(await suppression()).toMatchObject({ reason: 'complained', messageId: mail.id });
  });

  it('is left alone by what is not for good, of another recipient, or about no mail of ours', async () => {
    await tell('bounce', { type: 'blocked' });
    await tell('bounce', { type: 'bounce', email: 'somebody.else@example.com' });
    await tell('spamreport', { 'smtp-id': '<another@acme.test>' });
    expect(await suppression()).toBeNull();
    expect((await send()).status).toBe(201);
  });

  it('is written to again when an admin lifts it with a reason, which the log and the audit log keep', async () => {
    await tell('spamreport');
    const agent = await app.colleagueOf(ada, 'agent');
    expect((await lift(agent)).status).toBe(403);
    expect((await lift(ada, '  ')).status).toBe(400);
    const lifted = await lift(ada);
    expect([lifted.status, lifted.body.suppression]).toEqual([200, null]);
    const why = 'Lin called, the mailbox works again';
    expect(await logged('lead.suppression_lifted')).toEqual([{ leadId: lead.id, reason: 'complained', why }]);
    const audit = await ada.get<Page<AuditEntry>>(
      `/api/audit?targetType=lead&targetId=${lead.id}&action=lead.suppression_lifted`,
    );
    expect(audit.body.items).toMatchObject([{ actor: { id: ada.userId } }]);
    expect(JSON.stringify(audit.body.items)).toContain(why);
    expect((await send()).status).toBe(201);
    expect(await lift(ada)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    await tell('bounce', { type: 'bounce' });
    expect(await suppression()).toMatchObject({ reason: 'bounced' });
  });

  it('is nobody else’s to see or to lift', async () => {
    await tell('spamreport');
    const eve = await app.person('Eve');
    expect((await eve.get(`/api/leads/${lead.id}/suppression`)).status).toBe(404);
    expect((await lift(eve)).status).toBe(404);
    expect(await suppression()).not.toBeNull();
  });

  it('is never written to again when its owner asked to be forgotten, whatever had been known before', async () => {
    await tell('bounce', { type: 'bounce' });
    const erased = await ada.post('/api/privacy/requests', { kind: 'erase', leadId: lead.id });
    expect(erased.status).toBe(201);
    await app.settle();
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: lead.email })).body;
    expect(await suppression()).toMatchObject({ reason: 'erased', messageId: null });
    expect(await lift(ada)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  });
});
