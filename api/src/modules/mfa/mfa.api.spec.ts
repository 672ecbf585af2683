import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem, SecondFactors, SecondStepDue, SignedIn } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { cookieOf, PASSWORD, Person, TestApp } from '../../../test';
import { SecretBox } from '../../platform/secrets';
import { SessionDirectory } from '../auth';

const STEP = 30_000;
const WINDOW = 5 * 60_000;

describe('a second factor', () => {
  let app: TestApp;
  let ada: Person;
  let secret: string;
  let recoveryCodes: string[];

  const codeOf = (seed = secret, ago = 0) =>
    new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: app.clock.millis() - ago });
  const login = (person: Person, password = PASSWORD) =>
    app.stranger.post<SecondStepDue & SignedIn & Problem>('/api/auth/login', {
      email: person.session?.user.email,
      password,
    });
  const challenge = (mfaToken: string, code: string) =>
    app.stranger.post<SignedIn & Problem>('/api/auth/mfa/challenge', { mfaToken, code });
  const remove = (person: Person, code: unknown) => person.call<Problem>('DELETE', '/api/auth/mfa/totp', { code }, {});
  /** The same person, by a sign-in of both steps. */
  const signIn = async (person: Person, code: string) => {
    const answer = await challenge((await login(person)).body.mfaToken, code);
    expect(answer.status).toBe(200);
    return new Person(app.url, answer.body, cookieOf(answer));
  };
  const events = async (person: Person, type: string) =>
    app.rows<{ data: Record<string, unknown> }>(
      'SELECT data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq',
      [person.workspaceId, type],
    );
  const mailKinds = async (person: Person) => {
    const rows = await app.rows<{ kind: string }>(
      'SELECT kind FROM account_mails WHERE workspace_id = $1 ORDER BY created_at, id',
      [person.workspaceId],
    );
    return rows.map(({ kind }) => kind);
  };
  const enrol = async (person: Person) => {
    const proposed = await person.post<{ secret: string; otpauthUrl: string }>('/api/auth/mfa/totp');
    expect(proposed.status).toBe(201);
    secret = proposed.body.secret;
    const confirmed = await person.post<{ recoveryCodes: string[] }>('/api/auth/mfa/totp/confirm', { code: codeOf() });
    expect(confirmed.status).toBe(200);
    recoveryCodes = confirmed.body.recoveryCodes;
    app.clock.advance(STEP);
    return proposed.body;
  };

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
    await enrol(ada);
  });

  it('is set up by a seed that apps can read and a first code, and tells log, mail and other devices', async () => {
    const ben = await app.person('Ben');
    const elsewhere = await app.signIn(ben.session?.user.email ?? '');
    const { otpauthUrl } = await enrol(ben);
    expect(otpauthUrl).toMatch(
      /^otpauth:\/\/totp\/Threadline:.*secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
    expect(recoveryCodes).toHaveLength(10);
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^([0-9a-z]{4}-){5}[0-9a-z]{4}$/);
    const { body } = await ben.get<SecondFactors>('/api/auth/mfa');
    expect(body).toMatchObject({ passkeys: [], recoveryCodesLeft: 10, totp: { confirmedAt: expect.any(String) } });
    expect((await elsewhere.get('/api/auth/me')).status).toBe(401);
    expect((await ben.get('/api/auth/me')).status).toBe(200);
    expect(await events(ben, 'user.factor_added')).toEqual([
      { data: { userId: ben.userId, kind: 'totp', name: null } },
    ]);
    expect(await events(ben, 'session.ended')).toMatchObject([{ data: { reason: 'factor_changed' } }]);
    expect(await mailKinds(ben)).toEqual(['new_device', 'factor_changed']);
  });

  it('lies sealed in the database, and its recovery codes as hashes', async () => {
    const [row] = await app.rows<{ secret: string }>('SELECT secret FROM totp_factors WHERE user_id = $1', [
      ada.userId,
    ]);
    expect(row?.secret).not.toContain(secret);
    expect(app.get(SecretBox).open(row?.secret ?? '', `totp:${ada.userId}`)).toBe(secret);
    const codes = await app.rows<{ code_hash: Buffer }>('SELECT code_hash FROM recovery_codes WHERE user_id = $1', [
      ada.userId,
    ]);
    expect(codes.map(({ code_hash }) => code_hash.length)).toEqual(Array(10).fill(32));
  });

  it('is no factor before its first code, and cannot be proposed over a confirmed one', async () => {
    const again = await ada.post<Problem>('/api/auth/mfa/totp');
    expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);
    const ben = await app.person('Ben');
    await ben.post('/api/auth/mfa/totp');
    expect((await login(ben)).body.accessToken).toBeTruthy();
    const wrong = await ben.post<Problem>('/api/auth/mfa/totp/confirm', { code: '000000' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_code']);
  });

  it('is confirmed within ten minutes, by who proved who they are within fifteen', async () => {
    const email = (await app.person('Ben')).session?.user.email ?? '';
    const propose = async (person: Person) => (await person.post<{ secret: string }>('/api/auth/mfa/totp')).body.secret;
    const confirm = (person: Person, seed: string) =>
      person.post<Problem>('/api/auth/mfa/totp/confirm', { code: codeOf(seed) });
    const old = await propose(await app.signIn(email));
    app.clock.advance(10 * 60_000 + 1);
    const ben = await app.signIn(email);
    expect(await confirm(ben, old)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    const seed = await propose(ben);
    await app.rows(`UPDATE sessions SET proved_at = proved_at - interval '15 minutes' WHERE user_id = $1`, [
      ben.userId,
    ]);
    app.get(SessionDirectory).forgetAll();
    expect(await confirm(ben, seed)).toMatchObject({ status: 403, body: { code: 'proof_required' } });
    expect((await confirm(await app.signIn(email), seed)).status).toBe(200);
  });

  it('is asked at sign-in, and the password alone opens nothing', async () => {
    const first = await login(ada);
    expect([first.status, first.body]).toEqual([
      200,
      { mfaRequired: true, mfaToken: expect.any(String), methods: ['totp', 'recovery_code'] },
    ]);
    expect(cookieOf(first)).toBeNull();
    const bearer = await app.stranger.get('/api/auth/me', { authorization: `Bearer ${first.body.mfaToken}` });
    expect(bearer.status).toBe(401);
    const second = await challenge(first.body.mfaToken, codeOf());
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ expiresIn: 600, user: { id: ada.userId }, workspace: { id: ada.workspaceId } });
    expect(cookieOf(second)).toBeTruthy();
    const [session] = await app.rows(
      'SELECT method, second_factor FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
      [ada.userId],
    );
    expect(session).toEqual({ method: 'password', second_factor: true });
  });

  it('a code works once, at whatever door', async () => {
    const code = codeOf();
    await signIn(ada, code);
    const again = await challenge((await login(ada)).body.mfaToken, code);
    expect([again.status, again.body.code]).toEqual([401, 'invalid_code']);
    expect((await remove(ada, code)).status).toBe(401);
  });

  it('the code of the step before is taken, an older and a coming one are not', async () => {
    app.clock.advance(3 * STEP);
    const { mfaToken } = (await login(ada)).body;
    expect((await challenge(mfaToken, codeOf(secret, 2 * STEP))).status).toBe(401);
    expect((await challenge(mfaToken, codeOf(secret, -STEP))).status).toBe(401);
    expect((await challenge(mfaToken, codeOf(secret, STEP))).status).toBe(200);
  });

  it('of two who show the same code at the same time, one gets in', async () => {
    const [one, two] = await Promise.all([login(ada), login(ada)]);
    const code = codeOf();
    const answers = await Promise.all([challenge(one.body.mfaToken, code), challenge(two.body.mfaToken, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('a sign-in is completed once, within five minutes, and not after the password changed', async () => {
    const { mfaToken } = (await login(ada)).body;
    expect((await challenge(mfaToken, codeOf())).status).toBe(200);
    app.clock.advance(STEP);
    const spent = await challenge(mfaToken, codeOf());
    expect([spent.status, spent.body.code]).toEqual([401, 'session_ended']);
    const late = (await login(ada)).body.mfaToken;
    app.clock.advance(WINDOW + 1_000);
    expect((await challenge(late, codeOf())).status).toBe(401);
    const outdated = (await login(ada)).body.mfaToken;
    app.clock.advance(1);
    await app.rows('UPDATE users SET password_changed_at = $2 WHERE id = $1', [ada.userId, app.clock.now()]);
    expect((await challenge(outdated, codeOf())).body.code).toBe('session_ended');
  });

  it('one person’s ticket is worth nothing with another’s code, nor any other token as a ticket (A04, A24)', async () => {
    const adasSecret = secret;
    const ben = await app.person('Ben');
    await enrol(ben);
    const { mfaToken } = (await login(ben)).body;
    expect((await challenge(mfaToken, codeOf(adasSecret))).status).toBe(401);
    for (const token of [ben.token, ben.cookie?.split('=')[1] ?? '', 'null', '']) {
      expect((await challenge(token, codeOf())).status).toBe(401);
    }
    const refresh = await app.stranger.post('/api/auth/refresh', undefined, { cookie: `threadline=${mfaToken}` });
    expect(refresh.status).toBe(401);
  });

  it('after five wrong codes there is no other try, whatever else is right (A23)', async () => {
    const { mfaToken } = (await login(ada)).body;
    const wrong = [];
    for (let n = 0; n < 10; n += 1) wrong.push((await challenge(mfaToken, String(100_000 + n))).status);
    expect(wrong).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429]);
    const fresh = (await login(ada)).body.mfaToken;
    const refused = await challenge(fresh, codeOf());
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
    expect((await remove(ada, codeOf())).status).toBe(429);
    expect((await ada.post('/api/auth/prove', { code: codeOf() })).status).toBe(429);
    app.clock.advance(WINDOW);
    await signIn(ada, codeOf());
  });

  it('a hundred wrong codes at once win no sixth try', async () => {
    const { mfaToken } = (await login(ada)).body;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => challenge(mfaToken, String(200_000 + n))));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it('right codes use nothing up, and win nothing back', async () => {
    for (let n = 0; n < 4; n += 1) await challenge((await login(ada)).body.mfaToken, '111111');
    for (let n = 0; n < 3; n += 1) {
      await signIn(ada, codeOf());
      app.clock.advance(STEP);
    }
    expect((await challenge((await login(ada)).body.mfaToken, '111111')).status).toBe(401);
    expect((await challenge((await login(ada)).body.mfaToken, codeOf())).status).toBe(429);
  });

  it('a recovery code signs in once, however it is typed, and says how many are left', async () => {
    const [first = '', second = ''] = recoveryCodes;
    await signIn(ada, first.toUpperCase().replaceAll('-', ' '));
    expect(await events(ada, 'user.recovery_code_used')).toEqual([{ data: { userId: ada.userId, left: 9 } }]);
    expect((await challenge((await login(ada)).body.mfaToken, first)).status).toBe(401);
    await signIn(ada, second);
    expect((await ada.get<SecondFactors>('/api/auth/mfa')).body.recoveryCodesLeft).toBe(8);
    expect((await mailKinds(ada)).filter((kind) => kind === 'factor_changed')).toHaveLength(3);
  });

  it('renewed recovery codes replace the old ones', async () => {
    const renewed = await ada.post<{ recoveryCodes: string[] }>('/api/auth/mfa/recovery-codes');
    expect(renewed.status).toBe(201);
    expect((await challenge((await login(ada)).body.mfaToken, recoveryCodes[0] ?? '')).status).toBe(401);
    await signIn(ada, renewed.body.recoveryCodes[0] ?? '');
    const ben = await app.person('Ben');
    expect((await ben.post<Problem>('/api/auth/mfa/recovery-codes')).body.code).toBe('wrong_state');
  });

  it('is taken away by a code of it and not by a session alone (A25)', async () => {
    await app.rows("UPDATE sessions SET proved_at = proved_at - interval '16 minutes' WHERE user_id = $1", [
      ada.userId,
    ]);
    app.get(SessionDirectory).forgetAll();
    const unproved = await remove(ada, codeOf());
    expect([unproved.status, unproved.body.code]).toEqual([403, 'proof_required']);
    for (const path of ['/api/auth/mfa/totp', '/api/auth/mfa/recovery-codes', '/api/auth/passkeys/options']) {
      expect((await ada.post<Problem>(path)).body.code).toBe('proof_required');
    }
    const fresh = await signIn(ada, codeOf());
    app.clock.advance(STEP);
    expect((await remove(fresh, '123456')).body.code).toBe('invalid_code');
    expect((await fresh.call('DELETE', '/api/auth/mfa/totp', undefined, {})).status).toBe(400);
    expect((await remove(fresh, codeOf())).status).toBe(204);
    expect((await ada.get('/api/auth/me')).status).toBe(401);
    expect((await fresh.get<SecondFactors>('/api/auth/mfa')).body).toEqual({
      totp: null,
      passkeys: [],
      recoveryCodesLeft: 0,
    });
    expect((await login(ada)).body.accessToken).toBeTruthy();
    expect(await events(ada, 'user.factor_removed')).toEqual([
      { data: { userId: ada.userId, kind: 'totp', name: null } },
    ]);
  });

  it('is asked after a reset of the password too (A20)', async () => {
    await app.stranger.post('/api/auth/forgot-password', { email: ada.session?.user.email });
    await app.rows('UPDATE users SET password_changed_at = $2 WHERE id = $1', [ada.userId, app.clock.now()]);
    expect((await login(ada)).body.mfaRequired).toBe(true);
  });

  it('keeps no secret under an Idempotency-Key', async () => {
    const ben = await app.person('Ben');
    const key = { 'idempotency-key': 'once' };
    const proposed = await ben.post<{ secret: string }>('/api/auth/mfa/totp', undefined, key);
    const rows = await app.rows<{ body: unknown }>('SELECT body FROM idempotency_keys WHERE workspace_id = $1', [
      ben.workspaceId,
    ]);
    expect(JSON.stringify(rows)).not.toContain(proposed.body.secret);
  });

  it('set up in one workspace signs the person out of the others', async () => {
    const ben = await app.person('Ben');
    const [other] = await app.rows<{ id: string }>('SELECT id FROM roles WHERE workspace_id = $1 AND built_in = $2', [
      ada.workspaceId,
      'agent',
    ]);
    await app.rows(
      'INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at) VALUES ($1, gen_random_uuid(), $2, $3, now())',
      [ada.workspaceId, ben.userId, other?.id],
    );
    await app.rows(
      `INSERT INTO sessions (workspace_id, id, user_id, created_at, last_used_at, expires_at)
       VALUES ($1, gen_random_uuid(), $2, now(), now(), now() + interval '1 day')`,
      [ada.workspaceId, ben.userId],
    );
    await enrol(ben);
    const live = await app.rows<{ workspace_id: string }>(
      'SELECT workspace_id FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
      [ben.userId],
    );
    expect(live).toEqual([{ workspace_id: ben.workspaceId }]);
  });
});
