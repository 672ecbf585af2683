import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Me, Problem } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp, TestPasskey } from '../../../test';
import { SessionDirectory } from '../auth';

const ORIGIN = 'http://localhost';
type Options = { options: Record<string, unknown> };
type Proved = { accessToken: string; expiresIn: number } & Problem;

describe('proving who one is', () => {
  let app: TestApp;
  let ada: Person;

  const prove = (person: Person, body: object) => person.post<Proved>('/api/auth/prove', body);
  const methods = async (person: Person) =>
    (await person.post<{ methods: string[]; passkey: Record<string, unknown> | null }>('/api/auth/prove/options')).body;
  /** Lets the proof of a sign-in grow old. */
  const age = async (person: Person) => {
    await app.rows("UPDATE sessions SET proved_at = proved_at - interval '16 minutes' WHERE user_id = $1", [
      person.userId,
    ]);
    app.get(SessionDirectory).forgetAll();
  };
  /** The same person, by the tokens that the proof brought. */
  const going = (person: Person, proved: Answer<Proved>) => {
    if (!person.session) throw new Error('Nobody is signed in');
    return new Person(app.url, { ...person.session, accessToken: proved.body.accessToken }, cookieOf(proved));
  };
  const dangerous = (person: Person) => person.post<Problem>('/api/auth/passkeys/options');
  const enrol = async (person: Person) => {
    const { body } = await person.post<{ secret: string }>('/api/auth/mfa/totp');
    const code = () => new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({ timestamp: app.clock.millis() });
    const { body: confirmed } = await person.post<{ recoveryCodes: string[] }>('/api/auth/mfa/totp/confirm', {
      code: code(),
    });
    app.clock.advance(30_000);
    return { code, recoveryCodes: confirmed.recoveryCodes };
  };

  beforeAll(async () => {
    app = await TestApp.start({ env: { PUBLIC_URL: ORIGIN } });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
  });

  it('holds for a quarter of an hour after signing in, and is asked for then', async () => {
    expect((await dangerous(ada)).status).toBe(200);
    await age(ada);
    const refused = await dangerous(ada);
    expect([refused.status, refused.body.code]).toEqual([403, 'proof_required']);
    expect((await ada.get('/api/auth/me')).status).toBe(200);
  });

  it('by the password goes on under another session, and the old one is over', async () => {
    await age(ada);
    const [before] = await app.rows<{ id: string; created_at: Date; expires_at: Date }>(
      'SELECT id, created_at, expires_at FROM sessions WHERE user_id = $1',
      [ada.userId],
    );
    expect(await methods(ada)).toEqual({ methods: ['password'], passkey: null });
    const proved = await prove(ada, { password: PASSWORD });
    expect([proved.status, proved.body.expiresIn]).toEqual([200, 600]);
    expect(cookieOf(proved)).not.toBe(ada.cookie);
    const after = going(ada, proved);
    expect((await dangerous(after)).status).toBe(200);
    expect((await ada.get('/api/auth/me')).status).toBe(401);
    const old = await app.stranger.post('/api/auth/refresh', undefined, { cookie: ada.cookie ?? '' });
    expect(old.status).toBe(401);
    const fresh = await app.stranger.post('/api/auth/refresh', undefined, { cookie: after.cookie ?? '' });
    expect(fresh.status).toBe(200);
    const [session] = await app.rows(
      'SELECT created_at, expires_at FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
      [ada.userId],
    );
    expect(session).toEqual({ created_at: before?.created_at, expires_at: before?.expires_at });
    const ended = await app.rows('SELECT data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq', [
      ada.workspaceId,
      'session.ended',
    ]);
    expect(ended).toEqual([{ data: { sessionId: before?.id, userId: ada.userId, reason: 'switched' } }]);
  });

  it('fails with a wrong password, five times at most', async () => {
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push((await prove(ada, { password: 'wrong' })).body.code);
    expect(answers).toEqual([...Array(5).fill('invalid_credentials'), 'too_many_requests']);
    expect((await prove(ada, { password: PASSWORD })).status).toBe(429);
    app.clock.advance(5 * 60_000);
    expect((await prove(ada, { password: PASSWORD })).status).toBe(200);
  });

  it('counts wrong passwords at every door that asks somebody signed in for theirs', async () => {
    const doors = [
      () => prove(ada, { password: 'wrong' }),
      () => ada.put<Problem>('/api/auth/password', { current: 'wrong', password: `${PASSWORD} anew` }),
      () => ada.post<Problem>('/api/user/email', { email: `${v7()}@example.com`, password: 'wrong' }),
    ];
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push((await doors[n % 3]?.())?.body.code);
    expect(answers).toEqual([...Array(5).fill('invalid_credentials'), 'too_many_requests']);
    const right = await ada.put<Problem>('/api/auth/password', { current: PASSWORD, password: `${PASSWORD} anew` });
    expect([right.status, right.body.code]).toEqual([429, 'too_many_requests']);
  });

  it.each([[{}], [{ code: '' }], [{ password: 7 }], [{ response: 'x' }]])(
    'needs something to show: %j',
    async (body) => {
      expect((await prove(ada, body)).body.code).toBe('invalid_input');
    },
  );

  it('with a second factor is done by that one, and not by the password', async () => {
    const { code, recoveryCodes } = await enrol(ada);
    expect((await methods(ada)).methods).toEqual(['totp', 'recovery_code']);
    const refused = await prove(ada, { password: PASSWORD });
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_input']);
    expect((await prove(ada, { code: '000000' })).body.code).toBe('invalid_code');
    const proved = await prove(ada, { code: code() });
    expect(proved.status).toBe(200);
    const after = going(ada, proved);
    expect((await prove(after, { code: recoveryCodes[0] })).status).toBe(200);
  });

  it('is done by a passkey, of this session', async () => {
    const device = new TestPasskey(ORIGIN);
    const { body } = await ada.post<Options>('/api/auth/passkeys/options');
    await ada.post('/api/auth/passkeys', { response: device.make(body.options), name: 'Laptop' });
    const asked = await methods(ada);
    expect(asked.methods).toEqual(['passkey', 'recovery_code']);
    const other = await app.stranger.post<Options>('/api/auth/passkey/options');
    expect((await prove(ada, { response: device.show(other.body.options) })).body.code).toBe('invalid_passkey');
    const proved = await prove(ada, { response: device.show(asked.passkey ?? {}) });
    expect(proved.status).toBe(200);
  });

  it('is not for strangers, nor for another site’s page', async () => {
    expect((await prove(app.stranger, { password: PASSWORD })).status).toBe(401);
    const crossed = await ada.post<Problem>(
      '/api/auth/prove',
      { password: PASSWORD },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(crossed.body.code).toBe('cross_site');
  });
});

describe('a workspace that asks for a second factor', () => {
  let app: TestApp;
  let ada: Person;

  const ask = async (wanted: boolean) => {
    await app.rows('UPDATE workspaces SET policies = $2 WHERE workspace_id = $1', [
      ada.workspaceId,
      JSON.stringify({ secondFactorRequired: wanted }),
    ]);
    app.get(SessionDirectory).forgetAll();
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    await ask(true);
  });
  afterAll(() => app?.stop());

  it('shows who has none the way to one, and nothing else', async () => {
    for (const path of ['/api/leads', '/api/workspace', '/api/members', '/api/user/settings']) {
      const refused = await ada.get<Problem>(path);
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'second_factor_required']);
    }
    const me = await ada.get<Me>('/api/auth/me');
    expect(me.body).toMatchObject({ secondFactorMissing: true, permissions: [] });
    for (const path of ['/api/auth/mfa', '/api/auth/passkeys', '/api/auth/sessions']) {
      expect((await ada.get(path)).status).toBe(200);
    }
  });

  it('opens as soon as there is one, and closes when it is gone', async () => {
    const { body } = await ada.post<{ secret: string }>('/api/auth/mfa/totp');
    const code = () => new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({ timestamp: app.clock.millis() });
    expect((await ada.post('/api/auth/mfa/totp/confirm', { code: code() })).status).toBe(200);
    const me = await ada.get<Me>('/api/auth/me');
    expect(me.body.secondFactorMissing).toBe(false);
    expect((await ada.get('/api/leads')).status).toBe(200);
    app.clock.advance(30_000);
    expect((await ada.call('DELETE', '/api/auth/mfa/totp', { code: code() }, {})).status).toBe(204);
    expect((await ada.get<Problem>('/api/leads')).body.code).toBe('second_factor_required');
    await ask(false);
    expect((await ada.get('/api/leads')).status).toBe(200);
  });
});
