import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SignedIn, User } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, type Person, TestApp, subjectsPostedTo, tokenMailedTo } from '../../../../test';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ mailServer: true });
});
afterAll(() => app?.stop());

const emailOf = (person: Person) => person.session?.user.email ?? '';
const newAddress = () => `moved.${v7()}@example.com`;
const confirm = (token: string) => app.stranger.post<Problem>('/api/auth/confirm-email', { token });
const changes = (workspaceId: string) =>
  app.rows<{ data: { name: string; email: string } }>(
    `SELECT data FROM events WHERE workspace_id = $1 AND type = 'user.profile_changed' ORDER BY seq`,
    [workspaceId],
  );

describe('one’s name', () => {
  it('changes for colleagues in all one’s workspaces', async () => {
    const person = await app.person();
    const second = await person.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    const answer = await person.patch<User>('/api/user/profile', { name: '  Ada King  ' });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Ada King', email: emailOf(person) } });
    expect((await person.get<{ user: User }>('/api/auth/me')).body.user.name).toBe('Ada King');
    for (const id of [person.workspaceId, second.body.id]) {
      expect(await changes(id)).toMatchObject([{ data: { name: 'Ada King' } }]);
    }
  });

  it('loses what nobody sees, by which it could pose as another one', async () => {
    const person = await app.person();
    const answer = await person.patch<User>('/api/user/profile', { name: ' Ada\u202e \u2066King\u200b ' });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Ada King' } });
    expect((await person.patch('/api/user/profile', { name: '\u200b\u202e' })).status).toBe(400);
  });

  it('that stays the same is no event', async () => {
    const person = await app.person('Same Name');
    expect((await person.patch('/api/user/profile', { name: 'Same Name' })).status).toBe(200);
    expect((await person.patch('/api/user/profile', {})).body).toMatchObject({ name: 'Same Name' });
    expect(await changes(person.workspaceId)).toEqual([]);
  });

  it.each([
    { name: '' },
    { name: null },
    { name: 'a\nb' },
    { name: 'x'.repeat(201) },
    { name: ['A'] },
    { email: 'a@b.test' },
  ])('is not %j', async (body) => {
    const person = await app.person();
    expect((await person.patch('/api/user/profile', body)).status).toBe(400);
    expect(await changes(person.workspaceId)).toEqual([]);
  });
});

describe('one’s address', () => {
  it('changes once the new one is confirmed, and the old one is told', async () => {
    const person = await app.person();
    const [old, email] = [emailOf(person), newAddress()];
    expect((await person.post('/api/user/email', { email, password: PASSWORD })).status).toBe(202);
    const token = await tokenMailedTo(app, person, email);
    expect((await app.signIn(old)).userId).toBe(person.userId);
    expect((await confirm(token)).status).toBe(204);
    expect((await app.signIn(email)).userId).toBe(person.userId);
    expect((await app.stranger.post('/api/auth/login', { email: old, password: PASSWORD })).status).toBe(401);
    expect(await subjectsPostedTo(app, old)).toContain('Your e-mail address was changed');
    expect(await changes(person.workspaceId)).toMatchObject([{ data: { email } }]);
    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  });

  it('is moved by nobody without the present password, where there is one', async () => {
    const person = await app.person();
    for (const password of [undefined, 'wrong wrong wrong wrong']) {
      const answer = await person.post<Problem>('/api/user/email', { email: newAddress(), password });
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    }
    await app.rows('UPDATE users SET password_hash = NULL WHERE id = $1', [person.userId]);
    const email = newAddress();
    expect((await person.post('/api/user/email', { email })).status).toBe(202);
    expect((await confirm(await tokenMailedTo(app, person, email))).status).toBe(204);
    expect((await person.get<{ user: User }>('/api/auth/me')).body.user.email).toBe(email);
  });

  it('does not move any more once the password has changed', async () => {
    const person = await app.person();
    const [email, password] = [newAddress(), 'another horse battery staple'];
    await person.post('/api/user/email', { email, password: PASSWORD });
    const token = await tokenMailedTo(app, person, email);
    app.clock.advance(1_000);
    expect((await person.put('/api/auth/password', { current: PASSWORD, password })).status).toBe(204);
    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    expect((await app.signIn(emailOf(person), password)).userId).toBe(person.userId);
  });

  it('that has an account is answered alike and mailed alike, and its link does nothing', async () => {
    const [person, other] = [await app.person(), await app.person()];
    const ask = (email: string) => person.post('/api/user/email', { email, password: PASSWORD });
    const free = newAddress();
    const answers = [await ask(free), await ask(emailOf(other))];
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual([
      { status: 202, body: '' },
      { status: 202, body: '' },
    ]);
    const mails = [await subjectsPostedTo(app, free), await subjectsPostedTo(app, emailOf(other))];
    expect(mails[0]).toEqual(['Confirm your new e-mail address']);
    expect(mails[1]).toEqual(mails[0]);
    const token = await tokenMailedTo(app, person, emailOf(other));
    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    expect((await person.get<{ user: User }>('/api/auth/me')).body.user.email).toBe(emailOf(person));
  });

  it('is no colleague’s', async () => {
    const person = await app.person();
    const colleague = await app.colleagueOf(person);
    const ask = (token: string | undefined) =>
      app.stranger.post<Problem>(
        '/api/user/email',
        { email: emailOf(person), password: PASSWORD },
        { authorization: `Bearer ${token}` },
      );
    expect(await ask(colleague.token)).toMatchObject({ status: 409, body: { code: 'already_member' } });
    // From whichever workspace it is asked for.
    const second = await colleague.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    const there = await colleague.post<SignedIn>(`/api/workspaces/${second.body.id}/switch`);
    expect(await ask(there.body.accessToken)).toMatchObject({ status: 409, body: { code: 'already_member' } });
  });

  it('that was taken meanwhile is not confirmed', async () => {
    const person = await app.person();
    const email = newAddress();
    await person.post('/api/user/email', { email, password: PASSWORD });
    const token = await tokenMailedTo(app, person, email);
    await app.rows('UPDATE users SET email = $2 WHERE id = $1', [(await app.person()).userId, email]);
    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    expect((await person.get<{ user: User }>('/api/auth/me')).body.user.email).toBe(emailOf(person));
  });

  it('A25: is not changed with a session alone that proved itself long ago', async () => {
    const person = await app.person();
    await app.rows(`UPDATE sessions SET proved_at = proved_at - interval '16 minutes' WHERE user_id = $1`, [
      person.userId,
    ]);
    app.clock.advance(4_000);
    const answer = await person.post<Problem>('/api/user/email', { email: newAddress() });
    expect(answer).toMatchObject({ status: 403, body: { code: 'proof_required' } });
  });

  it('is not confirmed by a link that is old, changed or of another kind', async () => {
    const person = await app.person();
    const email = newAddress();
    await person.post('/api/user/email', { email, password: PASSWORD });
    const token = await tokenMailedTo(app, person, email);
    await app.stranger.post('/api/auth/forgot-password', { email: emailOf(person) });
    const other = await tokenMailedTo(app, person, emailOf(person));
    app.clock.advance(31 * 60_000);
    for (const wrong of [token, `${token}A`, other, 'x']) {
      expect(await confirm(wrong)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
    }
  });

  it.each([{}, { email: 'none' }, { email: 7 }, { email: 'a@example.com', name: 'x' }])('is not %j', async (body) => {
    const person = await app.person();
    expect((await person.post('/api/user/email', body)).status).toBe(400);
  });
});
