import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, TestApp } from '../../../test';
import { SetupLink } from './setup-link';

describe('where registration is closed', () => {
  let app: TestApp;
  let stranger: Person;
  const registration = (email: string, setupToken?: string) => ({
    email,
    password: 'correct horse battery staple',
    name: 'Ada Example',
    workspaceName: 'Example',
    ...(setupToken ? { setupToken } : {}),
  });
  const link = async () => new URL(await app.get(SetupLink).make()).searchParams.get('setup') ?? '';

  beforeAll(async () => {
    app = await TestApp.start({ env: { REGISTRATION: 'closed' } });
    stranger = app.stranger;
  });
  afterAll(() => app?.stop());

  it('says so', async () => {
    expect((await stranger.get('/api/auth/registration')).body).toEqual({ open: false });
  });

  it('a set-up link makes a workspace, once', async () => {
    const token = await link();
    const first = await stranger.post('/api/auth/register', registration('ada@example.com', token));
    expect(first.status).toBe(201);
    const again = await stranger.post('/api/auth/register', registration('bob@example.com', token));
    expect([again.status, again.body]).toEqual([403, expect.objectContaining({ code: 'registration_closed' })]);
  });

  it('a stranger is refused alike, whether or not the address has an account', async () => {
    const answers = [];
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      for (const token of [undefined, 'a token that was never given']) {
        const { status, body } = await stranger.post<Record<string, unknown>>(
          '/api/auth/register',
          registration(email, token),
        );
        answers.push({ status, ...body, requestId: null });
      }
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403, code: 'registration_closed' });
  });
});
