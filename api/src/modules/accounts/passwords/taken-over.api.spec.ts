import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Page, SignedIn } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp, tokenMailedTo, tokensPostedTo } from '../../../../test';

const THEIRS = 'another horse battery staple';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ mailServer: true });
});
afterAll(() => app?.stop());

/** Sets up codes of an authenticator app. */
const withCodes = async (person: Person, { clock } = app) => {
  const setUp = await person.post<{ secret: string }>('/api/auth/mfa/totp');
  const code = new TOTP({ secret: Secret.fromBase32(setUp.body.secret) }).generate({ timestamp: clock.millis() });
  expect((await person.post('/api/auth/mfa/totp/confirm', { code })).status).toBe(200);
};
const resetBy = async (email: string, password: string) => {
  await app.stranger.post('/api/auth/forgot-password', { email });
  const token = (await tokensPostedTo(app, email))[0];
  expect((await app.stranger.post('/api/auth/reset-password', { token, password })).status).toBe(204);
  await app.settle();
};
const signInto = (email: string, password: string) => app.stranger.post('/api/auth/login', { email, password });

/** Somebody registers with the address of another person, and waits inside for them to come. */
describe('an account that was made with somebody else’s address', () => {
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
    // Two keys and a session.
    expect(await waysInto(stranger.userId)).toBe(3);

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
      expect.arrayContaining(['user.address_confirmed', 'api_key.revoked']),
    );
    expect((await app.signIn(email, THEIRS)).userId).toBe(stranger.userId);
  });

  it('keeps its second factor, and is not the address’s own by a new password: that opens nothing alone', async () => {
    const email = `nova.${v7()}@example.com`;
    const body = { email, password: PASSWORD, name: 'Nova', workspaceName: 'Nova Ltd' };
    const { body: session } = await app.stranger.post<SignedIn>('/api/auth/register', body);
    const stranger = new Person(app.url, session);
    await withCodes(stranger);
    await resetBy(email, THEIRS);
    expect((await signInto(email, THEIRS)).body).toMatchObject({ mfaRequired: true });
    expect(await app.rows('SELECT address_proved_at FROM users WHERE id = $1', [stranger.userId])).toEqual([
      { address_proved_at: null },
    ]);
  });
});

/** A20, ASVS 6.4.3: whoever reads somebody's mail has one factor. */
describe('a second factor outlives a reset', () => {
  it.each([
    ['set up before the address was confirmed', ['codes', 'confirm']],
    ['set up afterwards', ['confirm', 'codes']],
    ['of an address that was changed since', ['confirm', 'codes', 'move']],
  ])('%s', async (_, steps) => {
    const email = `nova.${v7()}@example.com`;
    const body = { email, password: PASSWORD, name: 'Nova', workspaceName: 'Nova Ltd' };
    const person = new Person(app.url, (await app.stranger.post<SignedIn>('/api/auth/register', body)).body);
    let address = email;
    const does: Record<string, () => Promise<void>> = {
      codes: () => withCodes(person),
      confirm: async () => {
        const [token] = await tokensPostedTo(app, email);
        expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
      },
      move: async () => {
        address = `nova.${v7()}@example.com`;
        expect((await person.post('/api/user/email', { email: address, password: PASSWORD })).status).toBe(202);
        const [token] = await tokensPostedTo(app, address);
        expect((await app.stranger.post('/api/auth/confirm-email', { token })).status).toBe(204);
      },
    };
    for (const step of steps) {
      app.clock.advance(1_000);
      await does[step]?.();
    }
    await resetBy(address, THEIRS);
    expect((await signInto(address, THEIRS)).body).toMatchObject({ mfaRequired: true });
  });

  it('also where links prove nothing, because there is no mail server', async () => {
    const inMailbox = await TestApp.start();
    try {
      const person = await inMailbox.person();
      await inMailbox.rows('UPDATE users SET address_proved_at = NULL WHERE id = $1', [person.userId]);
      await withCodes(person, inMailbox);
      const email = person.session?.user.email ?? '';
      await inMailbox.stranger.post('/api/auth/forgot-password', { email });
      const token = await tokenMailedTo(inMailbox, person, email);
      const reset = await inMailbox.stranger.post('/api/auth/reset-password', { token, password: THEIRS });
      expect(reset.status).toBe(204);
      const signedIn = await inMailbox.stranger.post('/api/auth/login', { email, password: THEIRS });
      expect(signedIn.body).toMatchObject({ mfaRequired: true });
    } finally {
      await inMailbox.stop();
    }
  });
});
