import { argon2Sync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressConfirmed, Lead, Me, Member, OwnWorkspace, Page, Problem, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp, tokenMailedTo, tokensPostedTo } from '../../../../test';
import { HASH_COST, type HashCost } from '../../auth';

const THEIRS = 'another horse battery staple';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ mailServer: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
});
afterAll(() => app?.stop());

const newAddress = () => `nova.${v7()}@example.com`;
const emailOf = (person: Person) => person.session?.user.email ?? '';
const register = (email: string, password = PASSWORD) =>
  app.stranger.post<SignedIn>(
    '/api/auth/register',
    { email, password, name: 'Nova', workspaceName: 'Nova Ltd' },
    { 'x-request-id': 'the-same-id' },
  );
/** Somebody who has registered, and not confirmed their address. */
const newcomer = async (email: string, password = PASSWORD) => {
  const answer = await register(email, password);
  expect(answer.status).toBe(201);
  return new Person(app.url, answer.body, cookieOf(answer));
};
const confirm = (token = '') => app.stranger.post<AddressConfirmed & Problem>('/api/auth/confirm-address', { token });
const postedTo = async (email: string) => (await tokensPostedTo(app, email))[0] ?? '';
const me = async (person: Person) => (await person.get<Me>('/api/auth/me')).body;
const workspacesOf = async (person: Person) =>
  (await person.get<OwnWorkspace[] | { items: OwnWorkspace[] }>('/api/workspaces')).body;
const shapeOf = ({ status, headers, body }: Answer<SignedIn>) => ({
  status,
  headers: Object.keys(headers).sort(),
  body: Object.keys(body).sort(),
  user: Object.keys(body.user).sort(),
  workspace: { ...body.workspace, id: null, createdAt: null },
});
const typesIn = async (workspaceId: string) =>
  (await app.rows<{ type: string }>('SELECT type FROM events WHERE workspace_id = $1 ORDER BY seq', [workspaceId])).map(
    ({ type }) => type,
  );

describe('an address that has an account', () => {
  it('is registered as any other: same answer, same mails on their way, sessions and sign-ins of their own', async () => {
    const owner = await app.person();
    const free = newAddress();
    const [known, unknown] = [await register(emailOf(owner), THEIRS), await register(free, THEIRS)];
    expect(shapeOf(known)).toEqual(shapeOf(unknown));
    expect(known.body.workspace.id).not.toBe(owner.workspaceId);
    for (const email of [emailOf(owner), free]) {
      expect((await app.signIn(email, THEIRS)).workspaceId).toBe((email === free ? unknown : known).body.workspace.id);
      expect(await tokensPostedTo(app, email)).toHaveLength(1);
    }
    expect((await app.signIn(emailOf(owner))).userId).toBe(owner.userId);
    const newcomers = [known, unknown].map(({ body }) => new Person(app.url, body));
    expect((await Promise.all(newcomers.map(me))).map(({ addressConfirmed }) => addressConfirmed)).toEqual([
      false,
      false,
    ]);
    expect((await me(owner)).addressConfirmed).toBe(true);
  });

  it('is written to by way of the new workspace, as any other: a gap between the mails of that one would tell', async () => {
    const owner = await app.person();
    for (const email of [emailOf(owner), newAddress()]) {
      const newcomers = await newcomer(email, THEIRS);
      await app.settle();
      const mails = await app.rows(`SELECT kind FROM account_mails WHERE workspace_id = $1`, [newcomers.workspaceId]);
      expect(mails).toEqual([{ kind: 'address_confirm' }]);
    }
  });

  it('leaves the same entries in the log of whoever registered, also for wrong passwords', async () => {
    const owner = await app.person();
    const logs = [];
    for (const email of [emailOf(owner), newAddress()]) {
      const stranger = await newcomer(email, THEIRS);
      await app.stranger.post('/api/auth/login', { email, password: 'wrong wrong wrong wrong' });
      await app.settle();
      const log = await stranger.get<Page<{ action: string; outcome: string }>>('/api/audit?limit=50');
      logs.push(log.body.items.map(({ action, outcome }) => `${action} ${outcome}`));
    }
    expect(logs[0]).toContain('session.refused.v1 failed');
    expect(logs[0]).toEqual(logs[1]);
  });

  it('does not tell a stranger who carries it when, or from where, somebody else comes', async () => {
    const owner = await app.person();
    const stranger = await newcomer(emailOf(owner), THEIRS);
    const wrong = { email: emailOf(owner), password: 'wrong wrong wrong wrong' };
    await app.stranger.post('/api/auth/login', wrong, { 'x-forwarded-for': '198.51.100.7' });
    await app.settle();
    const refused = async (person: Person) =>
      (await person.get<Page<{ ip: string }>>('/api/audit?action=session.refused')).body.items.map(({ ip }) => ip);
    expect(await refused(owner)).toEqual(['198.51.100.7']);
    expect(await refused(stranger)).toEqual([]);
  });

  it('of one from before addresses were proved, with a salt of its own, opens as well, and whoever carries it beside it', async () => {
    const owner = await app.person();
    const salt = randomBytes(16);
    const { memory, passes, parallelism } = app.nest.get<HashCost>(HASH_COST, { strict: false });
    const cost = { memory, passes, parallelism, tagLength: 32 };
    const tag = argon2Sync('argon2id', { ...cost, message: THEIRS, nonce: salt });
    const [saltText, tagText] = [salt, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
    await app.rows('UPDATE users SET password_hash = $2 WHERE id = $1', [
      owner.userId,
      `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${saltText}$${tagText}`,
    ]);
    const stranger = await newcomer(emailOf(owner), 'a third horse battery staple');
    expect((await app.signIn(emailOf(owner), THEIRS)).userId).toBe(owner.userId);
    expect((await app.signIn(emailOf(owner), 'a third horse battery staple')).userId).toBe(stranger.userId);
  });

  it('with the same password opens the one that has proved it', async () => {
    const owner = await app.person();
    await newcomer(emailOf(owner));
    expect((await app.signIn(emailOf(owner))).userId).toBe(owner.userId);
  });

  it('shows a stranger who carries it nothing of its owner: no reset, no invitation, no workspace', async () => {
    const owner = await app.person();
    const email = emailOf(owner);
    const stranger = await newcomer(email, THEIRS);
    await app.settle();
    await app.stranger.post('/api/auth/forgot-password', { email });
    const token = await tokenMailedTo(app, owner, email);
    const host = await app.person();
    const roles = await host.get<{ items: { id: string; name: string }[] }>('/api/roles');
    const roleId = roles.body.items.find(({ name }) => name === 'Agent')?.id;
    expect((await host.post('/api/invitations', { email, roleId })).status).toBe(201);
    const invitation = await tokenMailedTo(app, host, email);
    const taken = await stranger.post<Problem>('/api/invitations/accept', { token: invitation });
    expect(taken).toMatchObject({ status: 403, body: { code: 'wrong_account' } });
    const asThem = { token: invitation, password: THEIRS };
    expect((await app.stranger.post<Problem>('/api/invitations/accept', asThem)).body.code).toBe('invalid_credentials');
    const reset = { token, password: 'a third horse battery staple' };
    expect((await app.stranger.post('/api/auth/reset-password', reset)).status).toBe(204);
    expect((await stranger.get('/api/auth/me')).status).toBe(200);
    expect((await app.signIn(email, THEIRS)).userId).toBe(stranger.userId);
    expect((await app.signIn(email, 'a third horse battery staple')).userId).toBe(owner.userId);
    expect(JSON.stringify(await workspacesOf(stranger))).not.toContain(owner.workspaceId);
  });
});

describe('a link that confirms an address', () => {
  it('makes it the account’s own, once', async () => {
    const nova = await newcomer(newAddress());
    const token = await postedTo(emailOf(nova));
    expect(await confirm(token)).toMatchObject({ status: 200, body: { outcome: 'confirmed', workspace: 'Nova Ltd' } });
    expect((await me(nova)).addressConfirmed).toBe(true);
    expect((await typesIn(nova.workspaceId)).at(-1)).toBe('user.address_confirmed');
    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  });

  it('moves the workspace into the account that has the address: its role, its things, and no session is left', async () => {
    const owner = await app.person();
    const stranger = await newcomer(emailOf(owner), THEIRS);
    const second = (await stranger.post<{ id: string }>('/api/workspaces', { name: 'Second' })).body.id;
    const lead = await stranger.post<Lead>('/api/leads', { name: 'Lin', ownerId: stranger.userId });
    expect(lead.body.ownerId).toBe(stranger.userId);
    const token = await tokenMailedTo(app, owner, emailOf(owner));
    expect(await confirm(token)).toMatchObject({ status: 200, body: { outcome: 'moved', workspace: 'Nova Ltd' } });
    await app.settle();
    expect((await stranger.get('/api/auth/me')).status).toBe(401);
    expect((await app.stranger.post('/api/auth/login', { email: emailOf(owner), password: THEIRS })).status).toBe(401);
    for (const id of [stranger.workspaceId, second]) {
      const switched = await owner.post<SignedIn>(`/api/workspaces/${id}/switch`);
      const there = new Person(app.url, switched.body, cookieOf(switched));
      expect(await me(there)).toMatchObject({ role: 'owner', user: { id: owner.userId }, addressConfirmed: true });
      const members = await there.get<{ items: Member[] }>('/api/members');
      expect(members.body.items.map(({ userId }) => userId)).toEqual([owner.userId]);
      const moved = await there.get<Page<Lead>>('/api/leads');
      expect(moved.body.items.map(({ ownerId }) => ownerId)).toEqual(id === second ? [] : [owner.userId]);
      Object.assign(owner, there);
    }
    expect(await typesIn(stranger.workspaceId)).toEqual(
      expect.arrayContaining(['member.joined', 'user.account_merged', 'session.ended', 'member.removed']),
    );
    expect((await confirm(token)).status).toBe(400);
  });

  it('moves nothing out of an account with a second factor, which who reads the mail has not shown', async () => {
    const email = newAddress();
    const guarded = await newcomer(email);
    const [link] = await tokensPostedTo(app, email);
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [guarded.userId]);
    const other = await newcomer(email, THEIRS);
    const newest = await postedTo(email);
    expect(newest).not.toBe(link);
    expect((await confirm(newest)).body.outcome).toBe('confirmed');
    expect(await confirm(link)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    expect(JSON.stringify(await workspacesOf(other))).not.toContain(guarded.workspaceId);
  });

  it('ends after a day, and is no other link', async () => {
    const nova = await newcomer(newAddress());
    const token = await postedTo(emailOf(nova));
    const reset = { token, password: 'a third horse battery staple' };
    expect((await app.stranger.post('/api/auth/reset-password', reset)).status).toBe(400);
    expect((await app.stranger.post('/api/auth/confirm-email', { token })).status).toBe(400);
    app.clock.advance(24 * 3_600_000 + 1_000);
    for (const wrong of [token, `${token}A`, 'x']) {
      expect(await confirm(wrong)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    }
    expect((await confirm('')).status).toBe(400);
  });

  it('does its work once, however often it is followed at once', async () => {
    const nova = await newcomer(newAddress());
    const token = await postedTo(emailOf(nova));
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => confirm(token)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('of two accounts at once: one has the address, the other moves into it', async () => {
    const email = newAddress();
    const both = [await newcomer(email), await newcomer(email, THEIRS)];
    const tokens = await tokensPostedTo(app, email);
    expect(tokens).toHaveLength(2);
    const answers = await Promise.all(tokens.map(confirm));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body.outcome).sort()).toEqual(['confirmed', 'moved']);
    const left = [];
    for (const each of both) if ((await each.get('/api/auth/me')).status === 200) left.push(each);
    expect(left).toHaveLength(1);
    const proved = await app.rows('SELECT 1 FROM users WHERE email = $1 AND address_proved_at IS NOT NULL', [email]);
    expect(proved).toHaveLength(1);
    const kept = left[0] && JSON.stringify(await workspacesOf(left[0]));
    for (const { workspaceId } of both) expect(kept).toContain(workspaceId);
  });

  it('is mailed three times an hour to one address, and the answer is the same after that', async () => {
    const nova = await newcomer(newAddress());
    const answers = [];
    for (let time = 0; time < 4; time += 1) answers.push(await nova.post('/api/user/email/confirmation'));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(4).fill([202, '']));
    await newcomer(emailOf(nova), THEIRS);
    expect(await tokensPostedTo(app, emailOf(nova))).toHaveLength(3);
    app.clock.advance(3_600_000);
    const later = await app.signIn(emailOf(nova));
    await later.post('/api/user/email/confirmation');
    expect(await tokensPostedTo(app, emailOf(nova))).toHaveLength(4);
    await confirm(await postedTo(emailOf(nova)));
    app.clock.advance(3_600_000);
    await (await app.signIn(emailOf(nova))).post('/api/user/email/confirmation');
    expect(await tokensPostedTo(app, emailOf(nova))).toHaveLength(4);
    expect((await app.stranger.post('/api/user/email/confirmation')).status).toBe(401);
  });

  it('of a stranger who came first does not keep the address from its owner', async () => {
    const email = newAddress();
    const stranger = await newcomer(email, THEIRS);
    await app.settle();
    const owner = await newcomer(email);
    const [ofOwner] = await tokensPostedTo(app, email);
    expect((await confirm(ofOwner)).body.outcome).toBe('confirmed');
    expect((await me(owner)).addressConfirmed).toBe(true);
    expect((await me(stranger)).addressConfirmed).toBe(false);
    expect((await app.signIn(email, THEIRS)).userId).toBe(stranger.userId);
    expect(JSON.stringify(await workspacesOf(owner))).not.toContain(stranger.workspaceId);
  });
});

describe('an address that nobody has confirmed', () => {
  it('is mailed a link for each of its accounts when a password is forgotten; one that is followed proves it', async () => {
    const email = newAddress();
    const [first, second] = [await newcomer(email, THEIRS), await newcomer(email)];
    await app.settle();
    const before = (await tokensPostedTo(app, email)).length;
    await app.stranger.post('/api/auth/forgot-password', { email });
    const [one, another, ...rest] = await tokensPostedTo(app, email);
    expect(rest).toHaveLength(before);
    const password = 'a third horse battery staple';
    const reset = (token = '') => app.stranger.post<Problem>('/api/auth/reset-password', { token, password });
    expect((await reset(one)).status).toBe(204);
    const proved = await app.signIn(email, password);
    expect((await me(proved)).addressConfirmed).toBe(true);
    const [followed, left] = proved.userId === first.userId ? [first, second] : [second, first];
    expect([proved.userId, (await followed.get('/api/auth/me')).status]).toEqual([followed.userId, 401]);
    // The other one is not whose the address is any more.
    expect(await reset(another)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    expect((await left.get('/api/auth/me')).status).toBe(200);
  });

  it('gets fifteen such links an hour at most, to its five newest accounts', async () => {
    const email = newAddress();
    for (let time = 0; time < 6; time += 1) await newcomer(email);
    await app.settle();
    const links = async () =>
      (await app.rows(`SELECT 1 FROM account_links WHERE email = $1 AND purpose = 'password_reset'`, [email])).length;
    for (const most of [5, 10, 15, 15]) {
      await app.stranger.post('/api/auth/forgot-password', { email });
      await app.settle();
      expect(await links()).toBe(most);
    }
  });

  it('is proved by an invitation that was mailed there, of a new account or of the one that is signed in', async () => {
    const host = await app.person();
    const roles = await host.get<{ items: { id: string; name: string }[] }>('/api/roles');
    const roleId = roles.body.items.find(({ name }) => name === 'Agent')?.id;
    const invited = async (email: string) => {
      await app.settle();
      expect((await host.post('/api/invitations', { email, roleId })).status).toBe(201);
      return tokenMailedTo(app, host, email);
    };
    const nova = await newcomer(newAddress());
    const own = await nova.post<SignedIn>('/api/invitations/accept', { token: await invited(emailOf(nova)) });
    expect(own).toMatchObject({
      status: 201,
      body: { user: { id: nova.userId }, workspace: { id: host.workspaceId } },
    });
    expect((await me(new Person(app.url, own.body))).addressConfirmed).toBe(true);

    const stranger = await newcomer(newAddress(), THEIRS);
    const token = await invited(emailOf(stranger));
    const joined = await app.stranger.post<SignedIn>('/api/invitations/accept', {
      token,
      name: 'Nova',
      password: PASSWORD,
    });
    expect(joined.status).toBe(201);
    expect(joined.body.user.id).not.toBe(stranger.userId);
    expect((await me(new Person(app.url, joined.body))).addressConfirmed).toBe(true);
    expect((await me(stranger)).addressConfirmed).toBe(false);
  });

  it('can be changed for another one, and is the person’s own then', async () => {
    const nova = await newcomer(newAddress());
    const email = newAddress();
    expect((await nova.post('/api/user/email', { email, password: PASSWORD })).status).toBe(202);
    expect((await app.stranger.post('/api/auth/confirm-email', { token: await postedTo(email) })).status).toBe(204);
    expect(await me(nova)).toMatchObject({ user: { email }, addressConfirmed: true });
    expect((await app.signIn(email)).userId).toBe(nova.userId);
  });
});

describe('choosing a new password', () => {
  it('is done ten times an hour, the first included: each is a try at others of the same address', async () => {
    const nova = await newcomer(newAddress());
    let current = PASSWORD;
    for (let time = 1; time < 10; time += 1) {
      const password = `${THEIRS} ${time}`;
      expect((await nova.put('/api/auth/password', { current, password })).status).toBe(204);
      current = password;
    }
    const refused = await nova.put<Problem>('/api/auth/password', { current, password: THEIRS });
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
  });
});
