import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { InvitationPreview, MailboxMail, Me, Page, Problem, Role, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import {
  type Answer,
  cookieOf,
  mailsTo,
  PASSWORD,
  Person,
  subjectsPostedTo,
  TestApp,
  tokenMailedTo,
} from '../../../../test';
import { UnitOfWork } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { AccountsQueries } from '../accounts.queries';
import { ResetLinks } from '../passwords/reset-links';

const THEIRS = 'another horse battery staple';

/**
 * Whoever looks after a workspace reads the mails that it sends, if there is no mail server; and anybody can have a
 * workspace. What they do with an address that has an account, and with one that has none, has to come out alike.
 */
describe('with the built-in mailbox', () => {
  let app: TestApp;
  let known: string;
  let host: Person;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    known = emailOf(await app.person());
    host = await app.person('Hugo');
  });

  const emailOf = (person: Person) => person.session?.user.email ?? '';
  const newAddress = () => `nova.${v7()}@example.com`;
  const personOf = (answer: Answer<SignedIn>) => new Person(app.url, answer.body, cookieOf(answer));
  const me = async (person: Person) => (await person.get<Me>('/api/auth/me')).body;
  const register = async (email: string) => {
    const body = { email, password: THEIRS, name: 'Nova', workspaceName: 'Nova Ltd' };
    return personOf(await app.stranger.post<SignedIn>('/api/auth/register', body));
  };
  const invited = async (email: string, by = host) => {
    const roles = await by.get<Page<Role>>('/api/roles');
    const roleId = roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id;
    expect((await by.post('/api/invitations', { email, roleId })).status).toBe(201);
    return tokenMailedTo(app, by, email);
  };
  const accept = (body: object, as?: Person) => (as ?? app.stranger).post<SignedIn>('/api/invitations/accept', body);
  /** Everything of an answer that is not of this one person. */
  const shapeOf = ({ status, headers, body }: Answer<object>, email: string) => {
    const text = JSON.stringify(body).replaceAll(email, 'address');
    return {
      status,
      headers: Object.keys(headers).sort(),
      body: text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time').replace(/[\w.-]{20,}/g, 'id'),
    };
  };
  /** What those who look after a workspace see of what went on in it. */
  const seenBy = async (reader: Person, email: string) => {
    await app.settle();
    const mails = (await mailsTo(app, reader, email)).map(({ subject }) => subject);
    const log = await reader.get<Page<{ action: string; outcome: string }>>('/api/audit?limit=100');
    return { mails, log: log.body.items.map(({ action, outcome }) => `${action} ${outcome}`) };
  };

  it('an invitation’s link tells of the address nothing but itself', async () => {
    const shapes = [];
    for (const email of [known, newAddress()]) {
      const token = await invited(email);
      const preview = await app.stranger.post<InvitationPreview>('/api/invitations/preview', { token });
      expect(Object.keys(preview.body).sort()).toEqual(['email', 'expiresAt', 'invitedBy', 'role', 'workspaceName']);
      shapes.push(shapeOf(preview, email));
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it('whoever has the link joins by it as somebody new, whatever accounts the address has', async () => {
    const seen = [];
    for (const email of [known, newAddress()]) {
      const admin = await app.person('Hugo');
      const token = await invited(email, admin);
      const nameless = await accept({ token, password: THEIRS });
      const short = await accept({ token, name: 'Nova', password: 'fourteen chars' });
      const joined = await accept({ token, name: 'Nova', password: THEIRS });
      expect(joined.status).toBe(201);
      const nova = personOf(joined);
      expect(await me(nova)).toMatchObject({ role: 'agent', addressConfirmed: false });
      expect((await app.signIn(email, THEIRS)).userId).toBe(nova.userId);
      const again = await admin.post<object>('/api/invitations', { email, roleId: v7() });
      const answers = [nameless, short, joined, again].map((each) => shapeOf(each, email));
      seen.push({ answers, ...(await seenBy(admin, email)) });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect((await app.signIn(known)).workspaceId).not.toBe(host.workspaceId);
  });

  it('the password of an account lets that one join, proved or not, and a session does', async () => {
    const owner = await app.signIn(known);
    const byPassword = await accept({ token: await invited(known), name: 'Nova', password: PASSWORD });
    expect(byPassword).toMatchObject({
      status: 201,
      body: { user: { id: owner.userId }, workspace: { id: host.workspaceId } },
    });
    for (const email of [known, newAddress()]) {
      const stranger = await register(email);
      const second = await app.person('Hugo');
      const bySession = await accept({ token: await invited(email, second) }, stranger);
      expect(bySession).toMatchObject({ status: 201, body: { user: { id: stranger.userId } } });
      expect(await me(personOf(bySession))).toMatchObject({ addressConfirmed: false, role: 'agent' });
    }
  });

  it('a change of address is confirmed alike, proves nothing, and lets nobody in elsewhere', async () => {
    const seen = [];
    for (const email of [known, newAddress()]) {
      const person = await app.person('Nova');
      const asked = await person.post<object>('/api/user/email', { email, password: PASSWORD });
      const token = await tokenMailedTo(app, person, email);
      const confirmed = await app.stranger.post<object>('/api/auth/confirm-email', { token });
      expect(await me(person)).toMatchObject({ user: { email }, addressConfirmed: false });
      const answers = [asked, confirmed].map((each) => shapeOf(each, email));
      seen.push({ answers, ...(await seenBy(person, email)) });
    }
    expect(seen[0]).toEqual(seen[1]);
    const owner = await app.rows<{ proved: boolean }>(
      'SELECT address_proved_at IS NOT NULL AS proved FROM users WHERE email = $1',
      [known],
    );
    expect(owner.map(({ proved }) => proved).sort()).toEqual([false, true]);
  });

  it('a forgotten password is mailed about in each workspace of an account of the address, and sets that one’s', async () => {
    const seen = [];
    for (const email of [known, newAddress()]) {
      const admin = await app.person('Hugo');
      const nova = personOf(await accept({ token: await invited(email, admin), name: 'Nova', password: THEIRS }));
      await app.stranger.post('/api/auth/forgot-password', { email });
      await app.settle();
      const token = await tokenMailedTo(app, admin, email);
      const password = 'a third horse battery staple';
      const reset = await app.stranger.post<object>('/api/auth/reset-password', { token, password });
      expect(reset.status).toBe(204);
      expect((await app.signIn(email, password)).userId).toBe(nova.userId);
      expect((await me(await app.signIn(email, password))).addressConfirmed).toBe(false);
      const answers = [shapeOf(reset, email)];
      seen.push({ answers, ...(await seenBy(admin, email)) });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.mails).toContain('Set a new password');
    expect((await app.signIn(known)).workspaceId).not.toBe(host.workspaceId);
  });

  it('who looks after one workspace of a person gets no link into the others', async () => {
    const nova = await register(newAddress());
    const joined = personOf(await accept({ token: await invited(emailOf(nova)) }, nova));
    await app.stranger.post('/api/auth/forgot-password', { email: emailOf(nova) });
    await app.settle();
    expect(await subjectsPostedTo(app, emailOf(nova))).toContain('Set a new password');
    const back = await app.signIn(emailOf(nova), THEIRS);
    const subjects = async (each: Person) =>
      (await each.get<Page<MailboxMail>>('/api/mailbox')).body.items.map(({ subject }) => subject);
    expect(await subjects(host)).not.toContain('Set a new password');
    // The mail is their own; it went by way of the workspace that they used last.
    expect([...(await subjects(joined)), ...(await subjects(back))]).toContain('Set a new password');
  });

  it('nor by a link that was mailed before there were others', async () => {
    const email = newAddress();
    const nova = personOf(await accept({ token: await invited(email), name: 'Nova', password: THEIRS }));
    await app.stranger.post('/api/auth/forgot-password', { email });
    await app.settle();
    const token = await tokenMailedTo(app, host, email);
    expect((await nova.post('/api/workspaces', { name: 'Private' })).status).toBe(201);
    const reset = await app.stranger.post<Problem>('/api/auth/reset-password', { token, password: PASSWORD });
    expect(reset).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  });

  it('nobody becomes an owner by a mail to one: not by a reset, nor by an invitation', async () => {
    const admin = await app.colleagueOf(host, 'admin');
    const subjects = async (reader: Person, email: string) =>
      (await mailsTo(app, reader, email)).map(({ subject }) => subject);
    await app.stranger.post('/api/auth/forgot-password', { email: emailOf(host) });
    expect(await subjects(host, emailOf(host))).toEqual(['Set a new password']);
    expect(await subjects(admin, emailOf(host))).toEqual([]);
    const roles = await host.get<Page<Role>>('/api/roles');
    for (const builtIn of ['owner', 'agent']) {
      const email = newAddress();
      const roleId = roles.body.items.find((each) => each.builtIn === builtIn)?.id;
      expect((await host.post('/api/invitations', { email, roleId })).status).toBe(201);
      expect(await subjects(host, email)).toHaveLength(1);
      expect(await subjects(admin, email)).toHaveLength(builtIn === 'owner' ? 0 : 1);
    }
  });

  it('a role that may not do everything reads no mail that lets in, and no API key does', async () => {
    const narrow = await app.colleagueOf(host, { permissions: ['workspace:write', 'mailbox:use'] });
    const email = newAddress();
    await invited(email);
    expect(await mailsTo(app, narrow, email)).toEqual([]);
    const key = await host.post<{ key: string }>('/api/api-keys', { name: 'All', permissions: ['mailbox:use'] });
    const list = await app.stranger.get<Page<MailboxMail>>('/api/mailbox', {
      authorization: `Bearer ${key.body.key}`,
    });
    expect(list).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('what is asked for from elsewhere shows in no workspace of a stranger who carries the address', async () => {
    const email = newAddress();
    const stranger = await register(email);
    await app.rows(`UPDATE sessions SET ip = '198.51.100.7' WHERE user_id = $1`, [stranger.userId]);
    await app.stranger.post('/api/auth/forgot-password', { email });
    await app.settle();
    expect(await mailsTo(app, stranger, email)).toEqual([]);
  });

  it('a mail that somebody may not see drives out none that they may', async () => {
    await app.rows(
      `INSERT INTO mailbox_mails (workspace_id, id, message_id_header, envelope_from, envelope_to, from_name, from_address,
                                  to_name, to_address, subject, preview, received_at, raw, addressee_only)
       SELECT $1, gen_random_uuid(), n::text, '', '', '', '', '', '', 'Old', '', now() - make_interval(secs => n), '', false
         FROM generate_series(1, 500) AS n`,
      [host.workspaceId],
    );
    await app.rows('UPDATE users SET address_proved_at = NULL WHERE id = $1', [host.userId]);
    await host.post('/api/user/email/confirmation');
    await app.settle();
    const [kept] = await app.rows<{ all: number; shown: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE NOT addressee_only)::int AS shown FROM mailbox_mails
        WHERE workspace_id = $1`,
      [host.workspaceId],
    );
    expect(kept).toEqual({ all: 501, shown: 500 });
  });

  it('that an address has an account is told by mail to its owner alone', async () => {
    const owner = await app.signIn(known);
    const [stranger, other] = [await register(known), await register(newAddress())];
    const subjects = (await mailsTo(app, owner, known)).map(({ subject }) => subject);
    expect(subjects).toContain('You already have an account');
    for (const each of [stranger, other]) expect(await mailsTo(app, each, emailOf(each))).toEqual([]);
    const [mail] = await app.rows<{ id: string }>(
      'SELECT id FROM mailbox_mails WHERE to_address = $1 AND workspace_id = $2',
      [emailOf(other), other.workspaceId],
    );
    expect((await other.get(`/api/mailbox/${mail?.id ?? ''}`)).status).toBe(404);
  });

  it('an address is proved by whoever owns the machine', async () => {
    const nova = await register(newAddress());
    const links = new ResetLinks(app.get(UnitOfWork), app.get(AccountsQueries), app.get(AccountLinks), app.config);
    const [link] = await links.make(emailOf(nova));
    const token = link?.url.split('#token=')[1];
    const reset = await app.stranger.post('/api/auth/reset-password', { token, password: PASSWORD });
    expect(reset.status).toBe(204);
    expect((await me(await app.signIn(emailOf(nova)))).addressConfirmed).toBe(true);
  });
});
