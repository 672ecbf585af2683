import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Invitation, Problem, Role, SignedIn } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokenMailedTo } from '../../../test';
import { TestVisits } from './test-visits';

/** Whoever runs a workspace's identity provider can begin a session of anybody it has made an account for. */
describe('the word of an identity provider', () => {
  let app: TestApp;
  let alice: Person;
  let visits: TestVisits;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' }, mailServer: true });
    alice = await app.person('Alice');
    const roles = await alice.get<{ items: Role[] }>('/api/roles');
    const admin = roles.body.items.find(({ builtIn }) => builtIn === 'admin')?.id;
    visits = await TestVisits.of(app, alice, { defaultRoleId: admin });
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  const somebody = () => {
    const subject = `p${v7()}`;
    return { subject, email: `${subject}@example.com` };
  };
  const enter = async ({ subject, email }: { subject: string; email: string }) =>
    visits.enter(await visits.signIn(subject, { email }));
  const refused = (status: number, code?: string) => [status, code];

  /** What every act on an account is answered with. */
  async function actsOnTheAccount(person: Person) {
    const acts = [
      await person.post<Problem>('/api/user/email', { email: `evil.${v7()}@example.net` }),
      await person.post<Problem>('/api/auth/passkeys/options'),
      await person.post<Problem>('/api/auth/passkeys', { response: {}, name: 'Waiting' }),
      await person.post<Problem>('/api/auth/mfa/totp'),
      await person.post<Problem>('/api/auth/mfa/totp/confirm', { code: '123456' }),
      await person.post<Problem>('/api/auth/mfa/recovery-codes'),
      await person.post<Problem>('/api/auth/identities/start', { providerId: visits.providerId }),
      await person.delete<Problem>(`/api/auth/identities/${v7()}`),
    ];
    return acts.map(({ status, body }) => refused(status, body?.code));
  }
  const inTheWorkspace = async (person: Person) =>
    (await person.post('/api/api-keys', { name: v7(), permissions: ['leads:read'] })).status;

  it('is enough for everything in its workspace, and leaves nothing in the account that would outlive it', async () => {
    const person = await enter(somebody());
    for (const answer of await actsOnTheAccount(person)) expect(answer).toEqual(refused(403, 'proof_required'));
    expect(await inTheWorkspace(person)).toBe(201);
  });

  it('finishes nothing that its person has begun', async () => {
    const vera = somebody();
    await enter(vera);
    const token = await tokenMailedTo(app, alice, vera.email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    await app.stranger.post('/api/auth/forgot-password', { email: vera.email });
    const link = await tokenMailedTo(app, alice, vera.email);
    expect((await app.stranger.post('/api/auth/reset-password', { token: link, password: PASSWORD })).status).toBe(204);
    const own = await app.signIn(vera.email);
    const { body } = await own.post<{ secret: string }>('/api/auth/mfa/totp');
    const code = new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({ timestamp: app.clock.millis() });

    const session = await enter(vera);
    const confirmed = await session.post<Problem>('/api/auth/mfa/totp/confirm', { code });
    expect(refused(confirmed.status, confirmed.body.code)).toEqual(refused(403, 'proof_required'));
    expect((await own.post('/api/auth/mfa/totp/confirm', { code })).status).toBe(200);
  });

  it('proves nothing about an account whose address its person has proved, until they show what is their own', async () => {
    const ursula = somebody();
    await enter(ursula);
    const token = await tokenMailedTo(app, alice, ursula.email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);

    const session = await enter(ursula);
    for (const answer of await actsOnTheAccount(session)) expect(answer).toEqual(refused(403, 'proof_required'));
    expect((await session.post<Problem>('/api/auth/mfa/totp')).body.detail).toContain('Forgot your password?');
    expect(await inTheWorkspace(session)).toBe(201);

    await app.stranger.post('/api/auth/forgot-password', { email: ursula.email });
    const link = await tokenMailedTo(app, alice, ursula.email);
    const reset = await app.stranger.post('/api/auth/reset-password', { token: link, password: PASSWORD });
    expect(reset.status).toBe(204);
    // The provider opens its workspace as before, and still proves nothing more.
    const after = await enter(ursula);
    for (const answer of await actsOnTheAccount(after)) expect(answer).toEqual(refused(403, 'proof_required'));
    const own = await app.signIn(ursula.email);
    expect((await own.post('/api/auth/mfa/totp')).status).toBe(201);
  });

  it('proves nothing about an account that is known in another workspace, nor anything there', async () => {
    const bob = await app.person('Bob');
    const roles = await bob.get<{ items: Role[] }>('/api/roles');
    const roleId = roles.body.items.find(({ builtIn }) => builtIn === 'admin')?.id;
    const walter = somebody();
    const first = await enter(walter);
    await app.settle();
    expect((await bob.post<Invitation>('/api/invitations', { email: walter.email, roleId })).status).toBe(201);
    const token = await tokenMailedTo(app, bob, walter.email);
    const accepted = await first.post<SignedIn>('/api/invitations/accept', { token });
    expect(accepted.status).toBe(201);
    await app.rows('UPDATE users SET address_proved_at = NULL WHERE id = $1', [first.userId]);
    expect(await inTheWorkspace(new Person(app.url, accepted.body))).toBe(403);

    const session = await enter(walter);
    for (const answer of await actsOnTheAccount(session)) expect(answer).toEqual(refused(403, 'proof_required'));
    expect(await inTheWorkspace(session)).toBe(201);
  });
});
