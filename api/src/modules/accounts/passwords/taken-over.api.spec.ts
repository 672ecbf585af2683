import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Page, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp, textsPostedTo, tokensPostedTo } from '../../../../test';

const THEIRS = 'another horse battery staple';

/** Somebody registers with the address of another person, and waits inside for them to come. */
describe('an account that was made with somebody else’s address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true });
  });
  afterAll(() => app?.stop());

  const waysInto = async (userId: string) => {
    const [left] = await app.rows<{ left: number }>(
      `SELECT (SELECT count(*) FROM passkeys WHERE user_id = $1) + (SELECT count(*) FROM totp_factors WHERE user_id = $1)
            + (SELECT count(*) FROM recovery_codes WHERE user_id = $1)
            + (SELECT count(*) FROM sso_identities WHERE user_id = $1)
            + (SELECT count(*) FROM api_keys WHERE created_by = $1 AND revoked_at IS NULL)
            + (SELECT count(*) FROM sessions WHERE user_id = $1 AND ended_at IS NULL) AS left`,
      [userId],
    );
    return Number(left?.left);
  };
  const typesIn = async (workspaceIds: string[]) =>
    (await app.rows<{ type: string }>('SELECT type FROM events WHERE workspace_id = ANY ($1)', [workspaceIds])).map(
      ({ type }) => type,
    );

  it('keeps nothing of what they left in it, once its password is set by who has the address', async () => {
    const email = `nova.${v7()}@example.com`;
    const body = { email, password: PASSWORD, name: 'Nova', workspaceName: 'Nova Ltd' };
    const registered: Answer<SignedIn> = await app.stranger.post('/api/auth/register', body);
    const stranger = new Person(app.url, registered.body, cookieOf(registered));
    const keyOf = async (person: Person) => {
      const wanted = { name: 'Waiting', permissions: ['leads:read'] };
      return (await person.post<{ key: string }>('/api/api-keys', wanted)).body.key;
    };
    const first = await keyOf(stranger);
    const second = await stranger.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    const there = await stranger.post<SignedIn>(`/api/workspaces/${second.body.id}/switch`);
    const keys = [first, await keyOf(new Person(app.url, there.body, cookieOf(there)))];
    for (const authorization of keys.map((key) => `Bearer ${key}`)) {
      expect((await app.stranger.get<Page<Lead>>('/api/leads', { authorization })).status).toBe(200);
    }
    await app.rows(
      `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
       VALUES (gen_random_uuid(), $1, $2, '\\x00', 0, '{}', 'Theirs', false, now())`,
      [stranger.userId, v7()],
    );
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [stranger.userId]);
    expect(await waysInto(stranger.userId)).toBeGreaterThan(3);

    await app.stranger.post('/api/auth/forgot-password', { email });
    await app.settle();
    const token = (await tokensPostedTo(app, email))[0];
    const reset = await app.stranger.post('/api/auth/reset-password', { token, password: THEIRS });
    expect(reset.status).toBe(204);
    await app.settle();
    expect(await waysInto(stranger.userId)).toBe(0);
    for (const authorization of keys.map((key) => `Bearer ${key}`)) {
      expect((await app.stranger.get<Page<Lead>>('/api/leads', { authorization })).status).toBe(401);
    }
    expect(await typesIn([stranger.workspaceId, second.body.id])).toEqual(
      expect.arrayContaining(['user.address_confirmed', 'user.factor_removed', 'api_key.revoked']),
    );
    expect((await app.signIn(email, THEIRS)).userId).toBe(stranger.userId);
  });

  it('and was confirmed by them keeps nothing older than that, once its password is set anew, and the mail says so', async () => {
    const email = `nova.${v7()}@example.com`;
    const body = { email, password: PASSWORD, name: 'Nova', workspaceName: 'Nova Ltd' };
    const { userId } = new Person(app.url, (await app.stranger.post<SignedIn>('/api/auth/register', body)).body);
    const addPasskey = (name: string) =>
      app.rows(
        `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
         VALUES (gen_random_uuid(), $1, $2, '\\x00', 0, '{}', $3, false, $4)`,
        [userId, v7(), name, app.clock.now()],
      );
    const resetBy = async (password: string) => {
      await app.stranger.post('/api/auth/forgot-password', { email });
      const token = (await tokensPostedTo(app, email))[0];
      expect((await app.stranger.post('/api/auth/reset-password', { token, password })).status).toBe(204);
      await app.settle();
      const names = await app.rows<{ name: string }>('SELECT name FROM passkeys WHERE user_id = $1', [userId]);
      return { names: names.map(({ name }) => name), told: (await textsPostedTo(app, email))[0] };
    };
    await addPasskey('Theirs');
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [userId]);
    app.clock.advance(1_000);
    const [token] = await tokensPostedTo(app, email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    app.clock.advance(1_000);
    await addPasskey('Own');
    const first = await resetBy(THEIRS);
    expect(first.names).toEqual(['Own']);
    expect(first.told).toContain('was removed');
    expect(await app.rows('SELECT second_factor FROM users WHERE id = $1', [userId])).toEqual([
      { second_factor: true },
    ]);
    app.clock.advance(1_000);
    const second = await resetBy(`${THEIRS} 2`);
    expect(second.names).toEqual(['Own']);
    expect(second.told).not.toContain('was removed');
  });
});
