import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Device, Member, Problem, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp } from '../../../../test';
import { KnownDevices } from '../../auth';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

describe('the devices of a person', () => {
  let app: TestApp;
  let ada: Person;

  const signIn = async (person: Person, agent: string, cookie = '') => {
    const answer = await app.stranger.post<SignedIn>(
      '/api/auth/login',
      { email: person.session?.user.email, password: PASSWORD },
      { 'user-agent': agent, ...(cookie ? { cookie } : {}) },
    );
    expect(answer.status).toBe(200);
    return { person: new Person(app.url, answer.body, cookieOf(answer)), device: deviceOf(answer) };
  };
  const deviceOf = (answer: Answer) => {
    const lines = [answer.headers['set-cookie'] ?? []].flat();
    return lines.find((line) => line.startsWith('threadline-device=')) ?? '';
  };
  const list = async (person: Person) => (await person.get<{ items: Device[] }>('/api/auth/sessions')).body.items;
  const mails = (person: Person, kind: string) =>
    app.rows<{ to_address: string }>('SELECT to_address FROM account_mails WHERE workspace_id = $1 AND kind = $2', [
      person.workspaceId,
      kind,
    ]);

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ada = await app.person('Ada');
  });

  it('are listed as people call them, the present one first', async () => {
    const { person } = await signIn(ada, FIREFOX);
    await signIn(ada, IPHONE);
    const devices = await list(person);
    expect(devices.map(({ name, current }) => [name, current])).toEqual([
      ['Firefox on Linux', true],
      ['Safari on iOS', false],
      ['Unknown device', false],
    ]);
    expect(devices[0]).toMatchObject({ method: 'password', ip: '127.0.0.1' });
    expect(Object.keys(devices[0] ?? {}).sort()).toEqual([
      'createdAt',
      'current',
      'expiresAt',
      'id',
      'ip',
      'lastUsedAt',
      'method',
      'name',
    ]);
  });

  it('are ended one by one, at once, and by nobody else', async () => {
    const { person: phone } = await signIn(ada, IPHONE);
    const [current] = await list(phone);
    const ben = await app.colleagueOf(ada);
    expect((await ben.delete(`/api/auth/sessions/${current?.id}`)).status).toBe(404);
    expect((await ada.delete(`/api/auth/sessions/${v7()}`)).status).toBe(404);
    expect((await ada.delete(`/api/auth/sessions/${current?.id}`)).status).toBe(204);
    expect((await phone.get('/api/auth/me')).status).toBe(401);
    const refresh = await app.stranger.post('/api/auth/refresh', undefined, { cookie: phone.cookie ?? '' });
    expect(refresh.status).toBe(401);
    expect((await ada.delete(`/api/auth/sessions/${current?.id}`)).status).toBe(404);
    const ended = await app.rows('SELECT data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq', [
      ada.workspaceId,
      'session.ended',
    ]);
    expect(ended).toMatchObject([{ data: { sessionId: current?.id, reason: 'revoked' } }]);
  });

  it('are ended all but this one', async () => {
    const { person: phone } = await signIn(ada, IPHONE);
    const { person: laptop } = await signIn(ada, FIREFOX);
    expect((await laptop.delete('/api/auth/sessions')).status).toBe(204);
    expect((await phone.get('/api/auth/me')).status).toBe(401);
    expect((await ada.get('/api/auth/me')).status).toBe(401);
    expect(await list(laptop)).toHaveLength(1);
  });

  it('of a colleague are ended by who looks after the members', async () => {
    const ben = await app.colleagueOf(ada);
    const { body } = await ada.get<{ items: Member[] }>('/api/members');
    const member = body.items.find(({ userId }) => userId === ben.userId);
    const path = `/api/members/${member?.id}/sessions`;
    expect((await ben.delete<Problem>(path)).body.code).toBe('forbidden');
    expect((await ada.delete(`/api/members/${v7()}/sessions`)).status).toBe(404);
    expect((await ada.delete(path)).status).toBe(204);
    expect((await ben.get('/api/auth/me')).status).toBe(401);
    const stranger = await app.person('Eve');
    expect((await stranger.delete(path)).status).toBe(404);
  });

  it('of a colleague who may do more are not for who looks after the members', async () => {
    const { body } = await ada.get<{ items: Member[] }>('/api/members');
    const owner = body.items.find(({ userId }) => userId === ada.userId);
    const keeper = await app.colleagueOf(ada, { permissions: ['members:read', 'members:write'] });
    for (const person of [keeper, await app.colleagueOf(ada, 'admin')]) {
      const refused = await person.delete<Problem>(`/api/members/${owner?.id}/sessions`);
      expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await ada.get('/api/auth/me')).status).toBe(200);
  });

  it('that are over are not listed', async () => {
    const { person } = await signIn(ada, FIREFOX);
    await app.rows(
      "UPDATE sessions SET last_used_at = now() - interval '8 days' WHERE user_id = $1 AND user_agent IS NULL",
      [ada.userId],
    );
    expect(await list(person)).toHaveLength(1);
  });

  it('are known again by a cookie that no script reads; a new one is told of by mail', async () => {
    const first = await signIn(ada, FIREFOX);
    expect(first.device).toMatch(/^threadline-device=[\w-]{43}; Max-Age=34560000; .*HttpOnly; SameSite=Lax$/);
    expect(await mails(ada, 'new_device')).toEqual([{ to_address: ada.session?.user.email }]);
    const cookie = first.device.split(';')[0] ?? '';
    const again = await signIn(ada, FIREFOX, cookie);
    expect(again.device.split(';')[0]).toBe(cookie);
    expect(await mails(ada, 'new_device')).toHaveLength(1);
    await signIn(ada, FIREFOX);
    expect(await mails(ada, 'new_device')).toHaveLength(2);
    const token = cookie.split('=')[1];
    const known = app.get(KnownDevices);
    expect(await known.knowing([ada.userId], { cookies: { 'threadline-device': token } })).toEqual([ada.userId]);
    const ben = await app.person('Ben');
    expect(await known.knowing([ben.userId], { cookies: { 'threadline-device': token } })).toEqual([]);
    expect(await known.knowing([ada.userId], { cookies: {} })).toEqual([]);
    expect(await known.knowing([ada.userId], { cookies: { 'threadline-device': 'x' } })).toEqual([]);
  });

  it('that keep no cookies are told of a few times, not for ever', async () => {
    for (let n = 0; n < 8; n += 1) await signIn(ada, 'curl/8.5.0');
    expect(await mails(ada, 'new_device')).toHaveLength(5);
  });

  it('a refresh token shown again after its grace ends the session and is told of by mail (A06, A09)', async () => {
    const { person } = await signIn(ada, FIREFOX);
    const refresh = () => app.stranger.post<Problem>('/api/auth/refresh', undefined, { cookie: person.cookie ?? '' });
    const successor = cookieOf(await refresh());
    app.clock.advance(11_000);
    expect((await refresh()).body.code).toBe('session_ended');
    expect(await mails(ada, 'session_reused')).toEqual([{ to_address: ada.session?.user.email }]);
    const after = await app.stranger.post('/api/auth/refresh', undefined, { cookie: successor ?? '' });
    expect(after.status).toBe(401);
    expect((await person.get('/api/auth/me')).status).toBe(401);
    expect(await mails(ada, 'session_reused')).toHaveLength(1);
  });
});
