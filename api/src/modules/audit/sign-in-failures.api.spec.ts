import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AuditEntry, Page, SecondStepDue } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, type Person, TestApp } from '../../../test';
import { Later } from '../../platform/work';

describe('who does not show that it is them', () => {
  let app: TestApp;
  let ada: Person;

  const failures = async () => {
    await app.settle();
    const { body } = await ada.get<Page<AuditEntry>>('/api/audit?limit=200&outcome=failed');
    return body.items.map(({ action, actor, reason, changes }) => ({
      action,
      by: actor.id,
      reason,
      route: changes.find(({ field }) => field === 'route')?.after,
    }));
  };
  const wrong = async (act: () => Promise<{ status: number }>) => {
    const before = (await failures()).length;
    expect((await act()).status).toBe(401);
    const after = await failures();
    expect(after).toHaveLength(before + 1);
    return after[0];
  };
  const email = () => ada.session?.user.email;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('by a wrong password at sign-in leaves an entry', async () => {
    const entry = await wrong(() =>
      app.stranger.post('/api/auth/login', { email: email(), password: 'not it at all' }),
    );
    expect(entry).toEqual({ action: 'session.refused.v1', by: ada.userId, reason: 'invalid_credentials' });
  });

  it('by a wrong present password when it is to be changed leaves one', async () => {
    const words = { current: 'not it at all', password: 'another fine staple of 9 horses' };
    expect(await wrong(() => ada.call('PUT', '/api/auth/password', words, {}))).toEqual({
      action: 'proof.refused.v1',
      by: ada.userId,
      reason: 'invalid_credentials',
      route: 'PUT /api/auth/password',
    });
  });

  it('by a wrong password when it is to be proved again leaves one', async () => {
    expect(await wrong(() => ada.post('/api/auth/prove', { password: 'not it at all' }))).toMatchObject({
      action: 'proof.refused.v1',
      by: ada.userId,
      route: 'POST /api/auth/prove',
    });
  });

  it('by a wrong code, at the second step and when it is to be proved, leaves one each', async () => {
    const { secret } = (await ada.post<{ secret: string }>('/api/auth/mfa/totp')).body;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.millis() });
    expect((await ada.post('/api/auth/mfa/totp/confirm', { code })).status).toBe(200);
    const due = await app.stranger.post<SecondStepDue>('/api/auth/login', { email: email(), password: PASSWORD });
    const { mfaToken } = due.body;
    expect(
      await wrong(() =>
        app.stranger.post('/api/auth/mfa/challenge', { mfaToken, code: code === '000000' ? '1' : '000000' }),
      ),
    ).toEqual({ action: 'session.refused.v1', by: ada.userId, reason: 'invalid_code' });
    expect(await wrong(() => ada.post('/api/auth/prove', { code: '000000' }))).toMatchObject({
      action: 'proof.refused.v1',
      reason: 'invalid_code',
    });
  });

  it('by a wrong password leaves it at a time that tells nothing, and the same is done for nobody', async () => {
    const later = jest.spyOn(app.get(Later), 'run');
    try {
      for (const address of [email(), 'nobody@example.com']) {
        const before = (await failures()).length;
        later.mockClear();
        await app.stranger.post('/api/auth/login', { email: address, password: 'not it at all' });
        expect(later.mock.calls.map(([what]) => what)).toEqual(['keeping a failed sign-in']);
        // Nothing is at work by now.
        expect((await ada.get<Page<AuditEntry>>('/api/audit?limit=200&outcome=failed')).body.items).toHaveLength(
          before,
        );
      }
    } finally {
      later.mockRestore();
    }
  });

  it('by an address without an account leaves none, for there is no log that it would stand in', async () => {
    const before = (await failures()).length;
    await app.stranger.post('/api/auth/login', { email: 'nobody@example.com', password: 'not it at all' });
    expect(await failures()).toHaveLength(before);
  });
});
