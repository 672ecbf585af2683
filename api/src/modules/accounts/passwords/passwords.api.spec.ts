import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EnvelopeOf, Problem } from '@threadline/contracts';
import { PASSWORD, type Person, TestApp, mailsTo, tokenMailedTo } from '../../../../test';
import { Passwords } from '../../auth';

const NEW = 'eleven purple lampshades at dawn';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app?.stop());

const emailOf = (person: Person) => person.session?.user.email ?? '';
const forgot = (email: string) => app.stranger.post<unknown>('/api/auth/forgot-password', { email });
const reset = (token: string, password = NEW) =>
  app.stranger.post<Problem>('/api/auth/reset-password', { token, password });
const login = (email: string, password: string) => app.stranger.post<Problem>('/api/auth/login', { email, password });
/** A further session of the same person. */
const again = (person: Person) => app.signIn(emailOf(person));

async function events(person: Person, type: string): Promise<EnvelopeOf<'user.password_changed'>[]> {
  const rows = await app.rows<{ envelope: EnvelopeOf<'user.password_changed'> }>(
    `SELECT to_jsonb(e) AS envelope FROM events e WHERE workspace_id = $1 AND type = $2 ORDER BY seq`,
    [person.workspaceId, type],
  );
  return rows.map(({ envelope }) => envelope);
}

async function resetToken(owner: Person, email = emailOf(owner)): Promise<string> {
  await forgot(email);
  return tokenMailedTo(app, owner, email);
}

describe('changing one’s password', () => {
  it('ends every other session, keeps this one, and is told by mail', async () => {
    const here = await app.person();
    const there = await again(here);
    const changed = await here.put('/api/auth/password', { current: PASSWORD, password: NEW });
    expect(changed.status).toBe(204);
    expect((await here.get('/api/auth/me')).status).toBe(200);
    expect((await there.get('/api/auth/me')).status).toBe(401);
    const refreshed = await app.stranger.post('/api/auth/refresh', undefined, { cookie: there.cookie ?? '' });
    expect(refreshed.status).toBe(401);
    expect((await app.stranger.post('/api/auth/refresh', undefined, { cookie: here.cookie ?? '' })).status).toBe(200);
    expect((await login(emailOf(here), PASSWORD)).status).toBe(401);
    expect((await login(emailOf(here), NEW)).status).toBe(200);
    expect(await events(here, 'user.password_changed')).toMatchObject([{ data: { userId: here.userId, by: 'user' } }]);
    expect(await events(here, 'session.ended')).toMatchObject([{ data: { reason: 'password_changed' } }]);
    const mails = await mailsTo(app, here, emailOf(here));
    expect(mails.map(({ subject }) => subject)).toContain('Your password was changed');
  });

  it('ends what the old one was about to open: a sign-in that was begun before', async () => {
    const here = await app.person();
    const passwords = app.get(Passwords);
    const hash = passwords.hash.bind(passwords);
    const meanwhile = jest.spyOn(passwords, 'hash').mockImplementationOnce(async (...of) => {
      const made = await hash(...of);
      expect((await here.put('/api/auth/password', { current: PASSWORD, password: NEW })).status).toBe(204);
      return made;
    });
    expect((await login(emailOf(here), PASSWORD)).status).toBe(401);
    meanwhile.mockRestore();
    expect((await login(emailOf(here), NEW)).status).toBe(200);
  });

  it('ends the sessions in all workspaces of the person', async () => {
    const here = await app.person();
    const made = await here.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    const second = await again(here);
    const switched = await second.post<{ accessToken: string }>(`/api/workspaces/${made.body.id}/switch`);
    const bearer = { authorization: `Bearer ${switched.body.accessToken}` };
    expect((await app.stranger.get('/api/auth/me', bearer)).status).toBe(200);
    await here.put('/api/auth/password', { current: PASSWORD, password: NEW });
    expect((await app.stranger.get('/api/auth/me', bearer)).status).toBe(401);
    expect((await here.get('/api/auth/me')).status).toBe(200);
  });

  it('takes effect everywhere from its commit on, whoever was killed before saying so', async () => {
    const person = await app.person();
    const made = await person.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    await person.post(`/api/workspaces/${made.body.id}/switch`);
    const other = await again(person);
    // As if the process had ended between the change in one workspace and the word of it in the next.
    await app.rows('UPDATE users SET password_changed_at = $2 WHERE id = $1', [
      person.userId,
      new Date(app.clock.millis() + 1_000),
    ]);
    app.clock.advance(4_000);
    expect((await other.get('/api/auth/me')).status).toBe(401);
    expect((await app.stranger.post('/api/auth/refresh', undefined, { cookie: other.cookie ?? '' })).status).toBe(401);
  });

  it.each([
    ['a wrong present password', { current: 'wrong wrong wrong wrong', password: NEW }, 401, 'invalid_credentials'],
    ['a short one', { current: PASSWORD, password: 'fourteen chars' }, 400, 'invalid_input'],
    ['a leaked one', { current: PASSWORD, password: 'q1w2e3r4t5y6u7i8o9p0' }, 400, 'invalid_input'],
    ['a leaked one twice', { current: PASSWORD, password: 'PasswordPassword' }, 400, 'invalid_input'],
    ['the product’s name', { current: PASSWORD, password: 'Threadline2026!' }, 400, 'invalid_input'],
    ['a NUL', { current: PASSWORD, password: `${NEW}\0` }, 400, 'invalid_input'],
    ['257 characters', { current: PASSWORD, password: `a${'b'.repeat(256)}` }, 400, 'invalid_input'],
    ['a list', { current: PASSWORD, password: [NEW] }, 400, 'invalid_input'],
    ['nothing', { current: PASSWORD }, 400, 'invalid_input'],
    ['more than is asked', { current: PASSWORD, password: NEW, userId: 'x' }, 400, 'invalid_input'],
  ])('refuses %s', async (_, body, status, code) => {
    const person = await app.person();
    const answer = await person.put<Problem>('/api/auth/password', body);
    expect(answer).toMatchObject({ status, body: { code } });
    if (code === 'invalid_input' && !('userId' in body)) expect(answer.body.errors?.[0]?.path).toBe('password');
    expect((await login(emailOf(person), PASSWORD)).status).toBe(200);
    expect(await events(person, 'user.password_changed')).toEqual([]);
  });

  it.each([
    '  spaces at both ends stay  ',
    '😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰',
    'Café au lait, s’il vous plaît',
    `a${'b'.repeat(255)}`,
  ])('takes it exactly as typed: %j', async (password) => {
    const person = await app.person();
    expect((await person.put('/api/auth/password', { current: PASSWORD, password })).status).toBe(204);
    expect((await login(emailOf(person), password)).status).toBe(200);
    if (password.trim() !== password) expect((await login(emailOf(person), password.trim())).status).toBe(401);
    if (password !== password.normalize('NFD')) {
      expect((await login(emailOf(person), password.normalize('NFD'))).status).toBe(401);
    }
  });

  it('takes eight characters where the workspace asks for a second factor', async () => {
    const person = await app.person();
    await app.rows(`UPDATE workspaces SET policies = '{"secondFactorRequired": true}' WHERE workspace_id = $1`, [
      person.workspaceId,
    ]);
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [person.userId]);
    app.clock.advance(4_000);
    expect((await person.put('/api/auth/password', { current: PASSWORD, password: 'vuqe+9zk' })).status).toBe(204);
  });

  it('is for people who are signed in', async () => {
    expect((await app.stranger.put('/api/auth/password', { current: PASSWORD, password: NEW })).status).toBe(401);
  });
});

describe('registering with a password that everybody tries', () => {
  it.each(['passwordpassword', 'Ada Lovelace 12', '1234567890987654321'])(
    'is refused with words: %s',
    async (password) => {
      const answer = await app.stranger.post<Problem>('/api/auth/register', {
        email: 'ada.lovelace@example.com',
        password,
        name: 'Ada Lovelace',
        workspaceName: 'Engines',
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
      expect(answer.body.errors?.[0]).toMatchObject({ path: 'password', message: expect.stringMatching(/\w+ \w+/) });
    },
  );
});

describe('a forgotten password', () => {
  it('is set anew by a mailed link, once; every session ends and nobody is signed in by it', async () => {
    const owner = await app.person();
    const other = await again(owner);
    const token = await resetToken(owner);
    const answer = await reset(token);
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await owner.get('/api/auth/me')).status).toBe(401);
    expect((await other.get('/api/auth/me')).status).toBe(401);
    expect((await login(emailOf(owner), PASSWORD)).status).toBe(401);
    const back = await app.signIn(emailOf(owner), NEW);
    expect(await events(back, 'user.password_changed')).toMatchObject([{ data: { by: 'reset' } }]);
    const mails = await mailsTo(app, back, emailOf(owner));
    expect(mails.map(({ subject }) => subject)).toContain('Your password was changed');
    expect(await reset(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  });

  it('A17: is answered alike for a known, an unknown, an SSO-only and a departed address', async () => {
    const owner = await app.person();
    const sso = await app.colleagueOf(owner);
    await app.rows('UPDATE users SET password_hash = NULL WHERE id = $1', [sso.userId]);
    // A password that they still have opens nothing either, but the owner's who keeps theirs.
    const idle = await app.colleagueOf(owner);
    await app.rows(`UPDATE workspaces SET policies = '{"ssoOnly": true}' WHERE workspace_id = $1`, [owner.workspaceId]);
    await app.rows('UPDATE memberships SET break_glass = true WHERE user_id = $1', [owner.userId]);
    const gone = await app.colleagueOf(await app.person());
    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [gone.userId]);
    const addresses = [emailOf(owner), 'nobody@example.com', emailOf(sso), emailOf(idle), emailOf(gone)];
    const answers = await Promise.all(addresses.map(forgot));
    const seen = answers.map(({ status, body, headers }) => ({
      status,
      body,
      headers: Object.keys(headers).sort(),
    }));
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect(await mailsTo(app, owner, emailOf(owner))).toHaveLength(1);
    expect(await mailsTo(app, owner, emailOf(sso))).toHaveLength(0);
    expect(await mailsTo(app, owner, emailOf(idle))).toHaveLength(0);
    expect(await app.rows(`SELECT 1 FROM account_mails WHERE to_address = $1`, [emailOf(gone)])).toEqual([]);
  });

  it('A17: takes the same time whether or not the address exists', async () => {
    const owner = await app.person();
    const took = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 50; round += 1) {
      const turns = [
        ['known', emailOf(owner)],
        ['unknown', `nobody.${round}@example.com`],
      ] as const;
      for (const [kind, email] of round % 2 ? turns.toReversed() : turns) {
        const from = process.hrtime.bigint();
        await forgot(email);
        took[kind].push(Number(process.hrtime.bigint() - from) / 1e6);
        await app.settle();
      }
    }
    // Beside each other in time, so that what else the machine does weighs on both alike.
    const apart = median(took.known.map((known, round) => known - (took.unknown[round] ?? 0)));
    // A tenth, or half a millisecond where a tenth is less than a clock and a busy machine can tell.
    expect(Math.abs(apart)).toBeLessThan(Math.max(0.1 * median(took.known), 0.5));
  });

  it('A17: mails at most three links an hour', async () => {
    const owner = await app.person();
    for (let count = 0; count < 6; count += 1) await forgot(emailOf(owner));
    expect(await mailsTo(app, owner, emailOf(owner))).toHaveLength(3);
    app.clock.advance(61 * 60_000);
    await forgot(emailOf(owner));
    await app.settle();
    expect(await app.rows('SELECT 1 FROM account_links WHERE user_id = $1', [owner.userId])).toHaveLength(4);
  });

  it('A19: has one uniform refusal for a link that is used, old, changed, replaced or of another kind', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    const second = await resetToken(owner);
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    await owner.post('/api/user/email', { email: 'new.address.a19@example.com', password: PASSWORD });
    const emailChange = await tokenMailedTo(app, owner, 'new.address.a19@example.com');
    const refusals = [await reset(changed), await reset('x'), await reset(emailChange)];
    expect((await reset(token)).status).toBe(204);
    refusals.push(await reset(token), await reset(second));
    const back = await app.signIn(emailOf(owner), NEW);
    const old = await resetToken(back);
    app.clock.advance(31 * 60_000);
    refusals.push(await reset(old));
    const seen = refusals.map(({ status, body: { code, title, detail } }) => ({ status, code, title, detail }));
    expect(seen).toEqual(
      seen.map(() => ({ status: 400, code: 'invalid_token', title: seen[0]?.title, detail: undefined })),
    );
  });

  it('A19: works for one of two tabs that use it at the same time', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    const answers = await Promise.all([reset(token, `${NEW} one`), reset(token, `${NEW} two`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
  });

  it('A19: ends when the address changes', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    await app.rows(`UPDATE users SET email = 'moved.' || email WHERE id = $1`, [owner.userId]);
    expect((await reset(token)).status).toBe(400);
  });

  it('A20: leaves the second factor in its place', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [owner.userId]);
    expect((await reset(token)).status).toBe(204);
    const answer = await login(emailOf(owner), NEW);
    expect(answer).toMatchObject({ status: 200, body: { mfaRequired: true } });
    expect(answer.body).not.toHaveProperty('accessToken');
  });

  it('refuses a bad password without using the link up', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    const answer = await reset(token, 'passwordpassword');
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: 'password' }] } });
    expect((await reset(token)).status).toBe(204);
  });

  it('A04: its secret opens nothing as a bearer token, and its link carries it behind the #', async () => {
    const owner = await app.person();
    const token = await resetToken(owner);
    expect((await app.stranger.get('/api/auth/me', { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await app.stranger.get('/api/leads', { authorization: `Bearer ${token}` })).status).toBe(401);
    const [row] = await app.rows<{ hash: Buffer }>('SELECT token_hash AS hash FROM account_links WHERE user_id = $1', [
      owner.userId,
    ]);
    expect(row?.hash).toHaveLength(32);
  });

  it('A21: has links that name this installation, whatever Host a request claims', async () => {
    const owner = await app.person();
    await app.stranger.post(
      '/api/auth/forgot-password',
      { email: emailOf(owner) },
      { 'x-forwarded-host': 'evil.test' },
    );
    const [mail] = await mailsTo(app, owner, emailOf(owner));
    const page = await owner.get<{ text: string }>(`/api/mailbox/${mail?.id}`);
    expect(page.body.text).toContain(`${app.url}/reset-password#token=`);
    expect(page.body.text).not.toContain('evil.test');
  });

  it.each([{}, { email: 'no address' }, { email: ['a@example.com'] }, { email: 'a@example.com', more: 1 }])(
    'is not looked for with %j',
    async (body) => {
      expect((await app.stranger.post('/api/auth/forgot-password', body)).status).toBe(400);
    },
  );
});

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
