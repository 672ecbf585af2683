import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OwnWorkspace, Page, Problem, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { cookieOf, Person, TestApp } from '../../../../test';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app?.stop());

const own = async (person: Person) => (await person.get<Page<OwnWorkspace>>('/api/workspaces')).body.items;
const make = (person: Person, name: string) => person.post<OwnWorkspace & Problem>('/api/workspaces', { name });

async function goTo(person: Person, id: string): Promise<Person> {
  const answer = await person.post<SignedIn>(`/api/workspaces/${id}/switch`);
  if (answer.status !== 200) throw new Error(`Switching answered ${answer.status}`);
  return new Person(app.url, answer.body, cookieOf(answer));
}

describe('a further workspace', () => {
  it('belongs to who made it, who stays where they are', async () => {
    const person = await app.person('Wanda');
    const made = await make(person, 'Another one');
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Another one', role: 'owner', demo: false, current: false },
    });
    expect(await own(person)).toMatchObject([
      { name: 'Another one', role: 'owner', current: false },
      { name: "Wanda's workspace", role: 'owner', current: true },
    ]);
    const events = await app.rows('SELECT type FROM events WHERE workspace_id = $1 ORDER BY seq', [made.body.id]);
    expect(events).toMatchObject([{ type: 'workspace.created' }, { type: 'member.joined' }]);
  });

  it('is made once for one Idempotency-Key', async () => {
    const person = await app.person();
    const key = { 'idempotency-key': v7() };
    const answers = [
      await person.post<OwnWorkspace>('/api/workspaces', { name: 'Once' }, key),
      await person.post<OwnWorkspace>('/api/workspaces', { name: 'Once' }, key),
    ];
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
    expect(await own(person)).toHaveLength(2);
  });

  it.each([{}, { name: '' }, { name: 'a\nb' }, { name: 'x'.repeat(201) }, { name: 'A', demo: true }, { name: 7 }])(
    'is not made of %j',
    async (body) => {
      const person = await app.person();
      expect((await person.post('/api/workspaces', body)).status).toBe(400);
      expect(await own(person)).toHaveLength(1);
    },
  );

  it('is for people who are signed in', async () => {
    expect((await app.stranger.get('/api/workspaces')).status).toBe(401);
    expect((await app.stranger.post('/api/workspaces', { name: 'A' })).status).toBe(401);
  });
});

describe('switching', () => {
  it('is not for a session that an identity provider began: it speaks for its own workspace', async () => {
    const person = await app.person();
    const { body } = await make(person, 'Elsewhere');
    await app.rows(`UPDATE sessions SET method = 'sso' WHERE user_id = $1`, [person.userId]);
    expect(await person.post(`/api/workspaces/${body.id}/switch`)).toMatchObject({
      status: 403,
      body: { code: 'sso_required' },
    });
    expect((await person.get('/api/auth/me')).status).toBe(200);
  });

  it('ends the session here and goes on there', async () => {
    const person = await app.person();
    const { body } = await make(person, 'Second');
    const there = await goTo(person, body.id);
    expect(there.workspaceId).toBe(body.id);
    expect((await there.get('/api/auth/me')).body).toMatchObject({ workspace: { name: 'Second' }, role: 'owner' });
    expect((await person.get('/api/auth/me')).status).toBe(401);
    expect((await app.stranger.post('/api/auth/refresh', undefined, { cookie: person.cookie ?? '' })).status).toBe(401);
    expect((await app.stranger.post('/api/auth/refresh', undefined, { cookie: there.cookie ?? '' })).status).toBe(200);
    const ended = await app.rows(`SELECT data FROM events WHERE workspace_id = $1 AND type = 'session.ended'`, [
      person.workspaceId,
    ]);
    expect(ended).toMatchObject([{ data: { reason: 'switched' } }]);
  });

  it('proves nothing and makes no session younger', async () => {
    const person = await app.person();
    const { body } = await make(person, 'Second');
    app.clock.advance(16 * 60_000);
    const refreshed = await app.stranger.post<{ accessToken: string }>('/api/auth/refresh', undefined, {
      cookie: person.cookie ?? '',
    });
    const bearer = { authorization: `Bearer ${refreshed.body.accessToken}` };
    const answer = await app.stranger.post<SignedIn>(`/api/workspaces/${body.id}/switch`, undefined, bearer);
    const there = new Person(app.url, answer.body);
    const asked = await there.post<Problem>('/api/user/email', { email: 'new@example.com' });
    expect(asked).toMatchObject({ status: 403, body: { code: 'proof_required' } });
    const [session] = await app.rows<{ age: number }>(
      `SELECT extract(epoch FROM last_used_at - created_at) AS age FROM sessions WHERE workspace_id = $1`,
      [body.id],
    );
    expect(Number(session?.age)).toBeGreaterThan(15 * 60);
  });

  it('signing in leads to the workspace used last', async () => {
    const person = await app.person();
    const email = person.session?.user.email ?? '';
    const { body } = await make(person, 'Second');
    expect((await app.signIn(email)).workspaceId).toBe(person.workspaceId);
    app.clock.advance(1_000);
    await goTo(await app.signIn(email), body.id);
    expect((await app.signIn(email)).workspaceId).toBe(body.id);
  });

  it('finds no workspace one is not, or no longer, a member of', async () => {
    const person = await app.person();
    const stranger = await app.person();
    const left = await make(person, 'Left');
    await app.rows('UPDATE memberships SET ended_at = now() WHERE workspace_id = $1', [left.body.id]);
    for (const id of [stranger.workspaceId, left.body.id, v7()]) {
      const answer = await person.post<Problem>(`/api/workspaces/${id}/switch`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await person.post('/api/workspaces/none/switch')).status).toBe(400);
    expect((await person.get('/api/auth/me')).status).toBe(200);
  });

  it('keeps no token under an Idempotency-Key', async () => {
    const person = await app.person();
    const { body } = await make(person, 'Second');
    await person.post(`/api/workspaces/${body.id}/switch`, undefined, { 'idempotency-key': v7() });
    const rows = await app.rows(`SELECT 1 FROM idempotency_keys WHERE body::text LIKE '%Token%'`);
    expect(rows).toEqual([]);
  });

  it('is refused to another site’s page', async () => {
    const person = await app.person();
    const { body } = await make(person, 'Second');
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await person.post(`/api/workspaces/${body.id}/switch`, undefined, headers)).status).toBe(403);
  });
});
