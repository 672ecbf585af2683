import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { MailboxMail, MailboxMailPage, Page } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { ScriptedSmtp } from '../../../test/scripted-smtp';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { type AccountNotice, AccountMails } from './index';

interface Row {
  state: string;
  attempts: number;
  body: string | null;
  outcome: string | null;
}

const RESET: AccountNotice = {
  kind: 'password_reset',
  token: 'a-secret-token',
  expiresAt: new Date('2030-01-01'),
  unproved: null,
};
const TO = { email: 'ada@example.com', name: 'Ada' };

function tools(app: () => TestApp) {
  return {
    queue: (person: Person, notice = RESET) =>
      app()
        .get(UnitOfWork)
        .run(systemActor(person.workspaceId, 'test'), (tx) => app().get(AccountMails).queue(tx, TO, notice)),
    rows: (person: Person) =>
      app().rows<Row>('SELECT state, attempts, body, outcome FROM account_mails WHERE workspace_id = $1', [
        person.workspaceId,
      ]),
  };
}

describe('mails of the product', () => {
  let app: TestApp;
  let owner: Person;
  const { queue, rows } = tools(() => app);

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.person();
  });
  afterAll(() => app?.stop());

  it('arrive in the built-in mailbox of their workspace, with a link that can be followed', async () => {
    await queue(owner);
    await app.settle();
    const list = await owner.get<Page<MailboxMail>>('/api/mailbox');
    const mail = list.body.items[0];
    expect(mail).toMatchObject({ subject: 'Set a new password', messageId: null, to: { address: TO.email } });
    const page = await owner.get<MailboxMailPage>(`/api/mailbox/${mail?.id}`);
    const link = page.body.links.find(({ text }) => text === 'Set a new password');
    expect(link?.href).toBe(`${app.url}/reset-password#token=a-secret-token`);
    expect(page.body.text).toContain('#token=a-secret-token');
    const clicked = await owner.post<{ location: string }>(`/api/mailbox/${mail?.id}/click`, { index: link?.index });
    expect(clicked.body.location).toBe(link?.href);
    const answered = await owner.post<{ code: string }>(`/api/mailbox/${mail?.id}/reply`, { text: 'Thanks' });
    expect(answered).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    // The link lets its reader in: it is no colleague's, but the one's it was sent to.
    const ben = await app.colleagueOf(owner);
    expect((await ben.get<Page<MailboxMail>>('/api/mailbox')).body.items).toEqual([]);
    expect((await ben.get(`/api/mailbox/${mail?.id}`)).status).toBe(404);
    await app.rows('UPDATE users SET email = $2 WHERE id = $1', [ben.userId, TO.email]);
    expect((await ben.get(`/api/mailbox/${mail?.id}`)).status).toBe(200);
    const elsewhere = await (await app.person()).get<Page<MailboxMail>>('/api/mailbox');
    expect(elsewhere.body.items).toEqual([]);
  });

  it('leave no secret behind once they have left, and none that can be read before', async () => {
    const person = await app.person();
    const post = app.get(UnitOfWork);
    const seen = await post.run(systemActor(person.workspaceId, 'test'), async (tx) => {
      await app.get(AccountMails).queue(tx, TO, RESET);
      return tx.query<{ body: string }>('SELECT body FROM account_mails');
    });
    expect(seen[0]?.body).toMatch(/^v1\./);
    expect(seen[0]?.body).not.toContain('a-secret-token');
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'handed', attempts: 1, body: null }]);
  });

  it('do not leave when what they tell of did not happen', async () => {
    const person = await app.person();
    const failing = app.get(UnitOfWork).run(systemActor(person.workspaceId, 'test'), async (tx) => {
      await app.get(AccountMails).queue(tx, TO, RESET);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await app.settle();
    expect(await rows(person)).toEqual([]);
  });

  it('that a killed process had in hand are sent by the next one', async () => {
    const person = await app.person();
    await app.rows(
      `INSERT INTO account_mails (workspace_id, id, kind, to_address, to_name, body, message_id_header, state, attempts,
                                  next_at, claim_token, created_at)
       SELECT $1, gen_random_uuid(), 'password_reset', 'ada@example.com', 'Ada', 'v1.sealed.elsewhere', '<x@localhost>',
              'claimed', 1, $2, gen_random_uuid(), $2`,
      [person.workspaceId, app.clock.now()],
    );
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'failed', attempts: 2 }]);
  });
});

describe('a mail server that is not in the mood', () => {
  const server = new ScriptedSmtp();
  let app: TestApp;
  const { queue, rows } = tools(() => app);

  beforeAll(async () => {
    app = await TestApp.start({ env: { SMTP_URL: await server.start() } });
  });
  afterEach(() => server.forget());
  afterAll(async () => {
    await app?.stop();
    await server.stop();
  });

  it('is asked again later, and gets the same mail', async () => {
    const person = await app.person();
    server.next('rcpt', '451 4.7.1 come back later');
    await queue(person);
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'queued', attempts: 1 }]);
    app.clock.advance(16_000);
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'handed', attempts: 2 }]);
    expect(server.taken.at(-1)?.content).toMatch(/^Auto-Submitted: auto-generated/m);
  });

  it('that cuts the connection after the content gets it once more: rather twice than never', async () => {
    const person = await app.person();
    const before = server.seen.length;
    server.next('content', 'drop');
    await queue(person);
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'queued', attempts: 1 }]);
    app.clock.advance(16_000);
    await app.settle();
    const ids = server.seen.slice(before).map(({ content }) => /^Message-ID: (.*)$/im.exec(content)?.[1]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(await rows(person)).toMatchObject([{ state: 'handed', attempts: 2 }]);
  });

  it('that refuses for good is believed', async () => {
    const person = await app.person();
    server.next('rcpt', '550 5.1.1 nobody here');
    await queue(person);
    await app.settle();
    expect(await rows(person)).toMatchObject([{ state: 'failed', attempts: 1, body: null }]);
  });
});
