import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, type Person, TestApp, tokenMailedTo } from '../../../test';
import { TestVisits } from './test-visits';

/** Whoever runs an identity provider can come in as anybody it has made an account for: no further than that. */
describe('whoever runs an identity provider', () => {
  let app: TestApp;
  let alice: Person;
  let visits: TestVisits;
  let subject: string;
  let email: string;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' }, mailServer: true });
    alice = await app.person('Alice');
    visits = await TestVisits.of(app, alice);
    subject = `p${v7()}`;
    email = `${subject}@example.com`;
    await come();
    // Their person has proved the address, and has a password.
    const token = await tokenMailedTo(app, alice, email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    await app.stranger.post('/api/auth/forgot-password', { email });
    const link = await tokenMailedTo(app, alice, email);
    expect((await app.stranger.post('/api/auth/reset-password', { token: link, password: PASSWORD })).status).toBe(204);
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  const come = () => visits.signIn(subject, { email });
  const login = (password: string, cookie = '') =>
    app.stranger.post('/api/auth/login', { email, password }, { cookie });

  it('makes no browser known, in which passwords could be tried beyond those of strangers', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      const device = [(await come()).headers['set-cookie'] ?? []].flat().find((line) => line.includes('-device='));
      expect(device).toBeDefined();
      statuses.push((await login('something that it is not', device?.split(';')[0])).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    app.clock.advance(3_600_000);
  });

  it('uses up none of the tries of its person', async () => {
    const session = await visits.enter(await come());
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      statuses.push((await session.post('/api/auth/prove', { password: 'something that it is not' })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const own = await app.signIn(email);
    expect((await own.post('/api/auth/prove', { password: PASSWORD })).status).toBe(200);
  });

  it('takes nobody into another workspace of theirs who has another address by now', async () => {
    const mallory = await app.person('Mallory');
    const roles = await mallory.get<{ items: { id: string; builtIn: string | null }[] }>('/api/roles');
    const made = await mallory.post<{ id: string } & Problem>('/api/sso/providers', {
      name: 'The same',
      preset: 'custom',
      issuer: visits.idp.issuer,
      clientId: visits.idp.clientId,
      clientSecret: visits.idp.clientSecret,
      defaultRoleId: roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id,
      domains: ['example.com'],
    });
    expect(made.status).toBe(201);
    const there = visits.at(made.body.id);
    const present = `private.${v7()}@example.net`;
    await app.rows('UPDATE users SET email = $2 WHERE email = $1', [email, present]);
    expect((await there.signIn(subject, { email })).headers.location).toBe('/sign-in?sso=link_required');
    const members = await mallory.get<{ items: { email: string }[] }>('/api/members');
    expect(members.body.items.map((member) => member.email)).not.toContain(present);
    await app.rows('UPDATE users SET email = $2 WHERE email = $1', [present, email]);
    expect((await there.signIn(subject, { email })).headers.location).toBe('/');
  });
});
