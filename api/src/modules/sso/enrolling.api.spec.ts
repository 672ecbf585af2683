import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SignedIn } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokenMailedTo } from '../../../test';
import { SessionDirectory } from '../auth';
import { TestVisits } from './test-visits';

describe('somebody new by a provider that says nothing of second factors, where one is required', () => {
  let app: TestApp;
  let ada: Person;
  let visits: TestVisits;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' }, mailServer: true });
    ada = await app.person('Ada');
    visits = await TestVisits.of(app, ada);
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  it.each([
    ['also by a password', { secondFactorRequired: true }],
    ['by the provider alone', { secondFactorRequired: true, ssoOnly: true }],
  ])('adds one by a proof of their own, and comes in by the provider from then on: %s', async (_, policies) => {
    await app.rows('UPDATE workspaces SET policies = $2 WHERE workspace_id = $1', [ada.workspaceId, policies]);
    app.get(SessionDirectory).forgetAll();
    const subject = `p${v7()}`;
    const email = `${subject}@example.com`;
    const enter = async () => visits.enter(await visits.signIn(subject, { email }));
    const first = await enter();
    expect((await first.get<Problem>('/api/leads')).body.code).toBe('second_factor_required');
    expect((await first.post<Problem>('/api/auth/mfa/totp')).body.code).toBe('proof_required');

    const link = await tokenMailedTo(app, ada, email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token: link })).status).toBe(200);
    await app.stranger.post('/api/auth/forgot-password', { email });
    const token = await tokenMailedTo(app, ada, email);
    expect((await app.stranger.post('/api/auth/reset-password', { token, password: PASSWORD })).status).toBe(204);

    const session = await enter();
    const proof = await session.post<SignedIn>('/api/auth/prove', { password: PASSWORD });
    expect(proof.status).toBe(200);
    const proved = new Person(app.url, { ...session.session, ...proof.body });
    const { body } = await proved.post<{ secret: string }>('/api/auth/mfa/totp');
    const code = new TOTP({ secret: Secret.fromBase32(body.secret) }).generate({ timestamp: app.clock.millis() });
    expect((await proved.post('/api/auth/mfa/totp/confirm', { code })).status).toBe(200);
    expect((await proved.get('/api/leads')).status).toBe(200);
    expect((await (await enter()).get('/api/leads')).status).toBe(200);
  });
});
