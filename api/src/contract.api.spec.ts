import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUILT_IN_ROLES, type Lead, type Message, type Page, type Problem, type Role } from '@threadline/contracts';
import { Secret, TOTP } from 'otpauth';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, Person, TestApp } from '../test';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const id = expect.stringMatching(UUID) as unknown;
const time = expect.stringMatching(TIME) as unknown;
const hex = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
const anyText = expect.any(String) as unknown;

/** What third parties were promised, call by call: paths, fields and codes. Nothing here may change without a version. */
describe('the public contract', () => {
  let app: TestApp;
  let ada: Person;

  const newcomer = () => ({ email: `${v7()}@example.com`, password: PASSWORD, name: 'Ada', workspaceName: 'Engines' });
  const problem = (answer: Answer, status: number, code: string) => {
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer).toMatchObject({
      status,
      body: { type: anyText, title: anyText, status, instance: anyText, code, requestId: anyText },
    });
  };
  /** The refresh cookie's way: no bearer token. */
  const refresh = (cookie: string) => app.stranger.post('/api/auth/refresh', undefined, { cookie });

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  describe('its conventions', () => {
    it('name every error by a word, with the request it belongs to', async () => {
      const asked = { 'x-request-id': 'third-party-0001' };
      const answer = await ada.post<Problem>('/api/leads', { name: 'Lin', shoeSize: 44 }, asked);
      problem(answer, 400, 'invalid_input');
      expect(answer.headers['x-request-id']).toBe('third-party-0001');
      expect(answer.body.requestId).toBe('third-party-0001');
      expect(answer.body.errors).toEqual([{ path: 'shoeSize', message: anyText }]);
      problem(await app.stranger.get('/api/leads'), 401, 'unauthenticated');
      problem(await ada.get(`/api/leads/${v7()}`), 404, 'not_found');
      problem(
        await ada.post('/api/leads', 'name=Lin', { 'content-type': 'text/plain' }),
        415,
        'unsupported_media_type',
      );
    });

    it('page through lists by cursor', async () => {
      for (const name of ['Lin', 'Mo', 'Nia']) await ada.post('/api/leads', { name });
      const first = await ada.get<Page<Lead>>('/api/leads?limit=2&sort=name');
      expect(first.body.items).toHaveLength(2);
      expect(first.body.nextCursor).toEqual(anyText);
      const rest = await ada.get<Page<Lead>>(`/api/leads?limit=2&sort=name&cursor=${first.body.nextCursor}`);
      expect(rest.body.nextCursor).toBeNull();
      problem(await ada.get('/api/leads?limit=201'), 400, 'invalid_input');
      problem(await ada.get('/api/leads?cursor=nonsense'), 400, 'invalid_cursor');
    });

    it('do nothing twice under one idempotency key', async () => {
      const key = { 'idempotency-key': v7() };
      const [one, again] = [
        await ada.post<Lead>('/api/leads', { name: 'Once' }, key),
        await ada.post<Lead>('/api/leads', { name: 'Once' }, key),
      ];
      expect([one.status, again.status, again.body.id]).toEqual([201, 201, one.body.id]);
      problem(await ada.post('/api/leads', { name: 'Twice' }, key), 422, 'idempotency_key_reused');
    });
  });

  describe('signing in', () => {
    it('registers, signs in, renews and signs out', async () => {
      const body = newcomer();
      const registered = await app.stranger.post('/api/auth/register', body);
      const signedIn = {
        accessToken: anyText,
        expiresIn: expect.any(Number),
        user: { id, email: body.email, name: 'Ada' },
        workspace: { id, name: 'Engines' },
      };
      expect(registered).toMatchObject({ status: 201, body: signedIn });
      const login = await app.stranger.post('/api/auth/login', { email: body.email, password: body.password });
      expect(login).toMatchObject({ status: 200, body: signedIn });
      const renewed = await refresh(cookieOf(login) ?? '');
      expect(renewed).toMatchObject({ status: 200, body: { accessToken: anyText, expiresIn: expect.any(Number) } });
      const cookie = cookieOf(renewed) ?? '';
      expect((await app.stranger.post('/api/auth/logout', undefined, { cookie })).status).toBe(204);
      problem(await refresh(cookie), 401, 'session_ended');
      problem(
        await app.stranger.post('/api/auth/login', { email: body.email, password: 'x' }),
        401,
        'invalid_credentials',
      );
      const short = await app.stranger.post<Problem>('/api/auth/register', { ...newcomer(), password: 'x'.repeat(14) });
      problem(short, 400, 'invalid_input');
      expect(short.body.errors?.[0]?.path).toBe('password');
    });

    it('says who one is and what one may do', async () => {
      const me = await ada.get('/api/auth/me');
      expect(me).toMatchObject({
        status: 200,
        body: {
          user: { id: ada.userId },
          workspace: { id: ada.workspaceId },
          role: 'owner',
          permissions: expect.any(Array),
        },
      });
    });

    it('asks for a second factor once there is one, and takes it away again', async () => {
      const person = await app.person('Bo');
      const email = person.session?.user.email ?? '';
      const begun = await person.post<{ secret: string; otpauthUrl: string }>('/api/auth/mfa/totp');
      expect(begun).toMatchObject({
        status: 201,
        body: { secret: anyText, otpauthUrl: expect.stringMatching(/^otpauth:\/\/totp\//) },
      });
      const totp = new TOTP({ secret: Secret.fromBase32(begun.body.secret) });
      const code = () => totp.generate({ timestamp: app.clock.millis() });
      const confirmed = await person.post<{ recoveryCodes: string[] }>('/api/auth/mfa/totp/confirm', { code: code() });
      expect(confirmed.status).toBe(200);
      expect(confirmed.body.recoveryCodes.length).toBeGreaterThan(5);
      app.clock.advance(60_000);
      const login = await app.stranger.post<{ mfaToken: string }>('/api/auth/login', { email, password: PASSWORD });
      expect(login).toMatchObject({ status: 200, body: { mfaRequired: true, mfaToken: anyText } });
      const challenge = (given: string) =>
        app.stranger.post('/api/auth/mfa/challenge', { mfaToken: login.body.mfaToken, code: given });
      problem(await challenge('000000'), 401, 'invalid_code');
      const done = await challenge(code());
      expect(done).toMatchObject({ status: 200, body: { accessToken: anyText, user: { email } } });
      app.clock.advance(60_000);
      const again = new Person(app.url, done.body as never, cookieOf(done));
      expect((await again.call('DELETE', '/api/auth/mfa/totp', { code: code() }, {})).status).toBe(204);
    });

    it('answers a forgotten password alike for everybody', async () => {
      const known = await app.stranger.post('/api/auth/forgot-password', { email: ada.session?.user.email });
      const unknown = await app.stranger.post('/api/auth/forgot-password', { email: `${v7()}@example.com` });
      expect([known.status, unknown.status]).toEqual([202, 202]);
      expect(known.body).toEqual(unknown.body);
      problem(
        await app.stranger.post('/api/auth/reset-password', { token: 'nonsense', password: PASSWORD }),
        400,
        'invalid_token',
      );
    });

    it('lists devices, and ends one', async () => {
      const other = await app.signIn(ada.session?.user.email ?? '');
      const devices = await ada.get<Page<{ id: string; current: boolean }>>('/api/auth/sessions');
      expect(devices.status).toBe(200);
      const theirs = devices.body.items.filter(({ current }) => !current);
      expect(theirs.length).toBeGreaterThan(0);
      for (const device of theirs) expect((await ada.delete(`/api/auth/sessions/${device.id}`)).status).toBe(204);
      expect((await other.get('/api/auth/me')).status).toBe(401);
      expect((await ada.get('/api/auth/me')).status).toBe(200);
    });
  });

  describe('the workspace', () => {
    it('has a name and settings', async () => {
      expect(await ada.get('/api/workspace')).toMatchObject({
        status: 200,
        body: { id: ada.workspaceId, name: anyText },
      });
      expect(await ada.patch('/api/workspace', { name: 'Difference' })).toMatchObject({
        status: 200,
        body: { name: 'Difference' },
      });
      const settings = await ada.get<object>('/api/user/settings');
      expect(settings).toMatchObject({
        status: 200,
        body: { autonomousMode: false, notifications: expect.any(Object), timezone: anyText },
      });
      expect((await ada.put('/api/user/settings', settings.body)).status).toBe(200);
    });

    it('has roles, built in and one’s own, members, and invitations', async () => {
      const roles = await ada.get<Page<Role>>('/api/roles');
      expect(roles.body.items.map(({ name }) => name.toLowerCase())).toEqual(
        expect.arrayContaining([...BUILT_IN_ROLES]),
      );
      const made = await ada.post<Role>('/api/roles', { name: 'Reader', permissions: ['leads:read'] });
      expect(made).toMatchObject({ status: 201, body: { id, name: 'Reader', permissions: ['leads:read'] } });
      expect((await ada.patch(`/api/roles/${made.body.id}`, { name: 'Lead reader' })).status).toBe(200);
      const ben = await app.colleagueOf(ada);
      const members = await ada.get<Page<{ id: string; userId: string }>>('/api/members');
      const his = members.body.items.find(({ userId }) => userId === ben.userId);
      expect((await ada.patch(`/api/members/${his?.id}`, { roleId: made.body.id })).status).toBe(200);
      expect(await ben.get('/api/auth/me')).toMatchObject({ body: { permissions: ['leads:read'] } });
      problem(await ada.delete(`/api/roles/${made.body.id}`), 409, 'role_in_use');
      problem(await ben.get('/api/roles'), 403, 'forbidden');
      expect((await ada.delete(`/api/members/${his?.id}`)).status).toBe(204);
      problem(await ben.get('/api/leads'), 401, 'session_ended');
      expect((await ada.delete(`/api/roles/${made.body.id}`)).status).toBe(204);
      const agent = roles.body.items.find(({ builtIn }) => builtIn === 'agent');
      const invited = await ada.post('/api/invitations', { email: 'New.Person@example.com', roleId: agent?.id });
      expect(invited).toMatchObject({ status: 201, body: { id, email: anyText, roleId: agent?.id } });
      problem(
        await app.stranger.post('/api/invitations/accept', { token: 'nonsense', name: 'N', password: PASSWORD }),
        400,
        'invalid_token',
      );
    });

    it('gives API keys that do what they say', async () => {
      const made = await ada.post<{ id: string; key: string }>('/api/api-keys', {
        name: 'Importer',
        permissions: ['leads:read'],
      });
      expect(made).toMatchObject({
        status: 201,
        body: { id, name: 'Importer', permissions: ['leads:read'], key: expect.stringMatching(/^tl_/) },
      });
      const listed = await ada.get<Page<object>>('/api/api-keys');
      expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
      const key = { authorization: `Bearer ${made.body.key}` };
      expect((await app.stranger.get('/api/leads', key)).status).toBe(200);
      problem(await app.stranger.post('/api/leads', { name: 'No' }, key), 403, 'forbidden');
      expect((await ada.delete(`/api/api-keys/${made.body.id}`)).status).toBe(204);
      expect((await app.stranger.get('/api/leads', key)).status).toBe(401);
    });
  });

  describe('leads, messages and drafts', () => {
    it('live as they were promised', async () => {
      const email = `${v7()}@example.com`;
      const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email, company: 'Fable', tags: ['warm'] });
      expect(lead).toMatchObject({ status: 201, body: { id, name: 'Lin', email, status: 'new', tags: ['warm'] } });
      const draft = await ada.post<{ revision: number }>(`/api/drafts/${lead.body.id}`, {
        channel: 'email',
        content: 'Hello',
      });
      expect(draft).toMatchObject({
        status: 200,
        body: {
          id,
          leadId: lead.body.id,
          channel: 'email',
          content: 'Hello',
          subject: null,
          revision: 1,
          savedAt: time,
          updatedAt: time,
        },
      });
      const stale = await ada.post(`/api/drafts/${lead.body.id}`, { channel: 'email', content: 'x', baseRevision: 0 });
      problem(stale, 409, 'stale_revision');
      expect(stale.body).toMatchObject({ current: { content: 'Hello' } });
      const sent = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, {
        channel: 'email',
        subject: 'Hi',
        content: 'Hello',
        afterMessageId: null,
      });
      expect(sent.status).toBe(201);
      expect(Object.keys(sent.body)).toEqual(
        expect.arrayContaining([
          ...['id', 'leadId', 'conversationId', 'channel', 'direction', 'status', 'subject', 'content', 'trackingId'],
          ...['createdAt', 'sentAt', 'deliveredAt', 'openedAt', 'clickedAt', 'repliedAt'],
        ]),
      );
      expect((await ada.get(`/api/drafts/${lead.body.id}?channel=email`)).status).toBe(204);
      const ben = await app.colleagueOf(ada);
      const late = await ben.post(`/api/leads/${lead.body.id}/messages`, {
        channel: 'email',
        content: 'Me too',
        afterMessageId: null,
      });
      problem(late, 409, 'conversation_moved');
      expect(late.body).toMatchObject({ current: expect.any(Array) });
      expect(await ada.get(`/api/messages/${sent.body.id}/tracking`)).toMatchObject({
        status: 200,
        body: { items: [], nextCursor: null },
      });
      const changed = await ada.patch(`/api/conversations/${sent.body.conversationId}`, {
        status: 'resolved',
        priority: 'high',
      });
      expect(changed).toMatchObject({ status: 200, body: { status: 'resolved', priority: 'high' } });
    });
  });

  describe('webhooks', () => {
    it('deliver what they were promised', async () => {
      const { url } = (await ada.post<{ url: string }>('/api/webhook-bench/receivers')).body;
      const made = await ada.post<{ id: string; secret: string }>('/api/webhooks', {
        url,
        eventTypes: ['lead.created'],
        description: 'Ours',
      });
      expect(made).toMatchObject({ status: 201, body: { id, url, secret: expect.stringMatching(/^whsec_/) } });
      const hook = `/api/webhooks/${made.body.id}`;
      expect(JSON.stringify((await ada.get('/api/webhooks')).body)).not.toContain(made.body.secret);
      await ada.post('/api/leads', { name: 'Tia' });
      await app.settle();
      const attempt = {
        at: time,
        responseStatus: 200,
        durationMs: expect.any(Number),
        responseBody: expect.any(String),
      };
      const delivered = {
        id,
        eventId: id,
        eventType: 'lead.created',
        status: 'delivered',
        attempts: [attempt],
        nextAttemptAt: null,
      };
      const list = await ada.get<Page<{ id: string }>>(`${hook}/deliveries`);
      expect(list).toMatchObject({ status: 200, body: { items: [delivered], nextCursor: null } });
      const delivery = `/api/webhooks/deliveries/${list.body.items[0]?.id}`;
      expect(await ada.get(delivery)).toMatchObject({ status: 200, body: delivered });
      expect((await ada.post(`${delivery}/redeliver`)).status).toBe(202);
      const key = { 'idempotency-key': 'replay-it' };
      const replay = await ada.post(`${hook}/replay`, { after: 0 }, key);
      expect(replay).toMatchObject({ status: 202, body: { deliveries: expect.any(Number) } });
      expect((await ada.post(`${hook}/replay`, { after: 0 }, key)).body).toEqual(replay.body);
      const test = await ada.post(`${hook}/test`, undefined, { 'idempotency-key': 'test-it' });
      expect(test).toMatchObject({ status: 200, body: { delivered: true, ...attempt } });
      expect((await ada.post(`${hook}/test`, undefined, { 'idempotency-key': 'test-it' })).body).toEqual(test.body);
      expect(await ada.post(`${hook}/rotate-secret`)).toMatchObject({
        status: 200,
        body: { secret: expect.stringMatching(/^whsec_/) },
      });
      expect(await ada.patch(hook, { description: 'Theirs' })).toMatchObject({
        status: 200,
        body: { description: 'Theirs' },
      });
      problem(
        await ada.post('/api/webhooks', { url: 'http://127.0.0.1/', eventTypes: [] }),
        400,
        'address_not_allowed',
      );
      expect((await ada.delete(hook)).status).toBe(204);
      expect((await ada.get(`${hook}/deliveries`)).status).toBe(404);
    });
  });

  describe('the audit log', () => {
    it('is read, verified, exported and checked', async () => {
      const made = await ada.post('/api/audit/checkpoints');
      const checkpoint = {
        size: expect.any(Number),
        ...{ root: hex, head: hex, at: time },
        ...{ signature: expect.any(String), publicKey: expect.any(String) },
      };
      expect(made).toMatchObject({ status: 201, body: checkpoint });
      expect(await ada.get('/api/audit/checkpoints')).toMatchObject({ status: 200, body: { items: [checkpoint] } });
      expect(await ada.get('/api/audit/verify')).toMatchObject({
        status: 200,
        body: { ok: true, entries: expect.any(Number), head: hex },
      });
      const { id: leadId } = (await ada.post<{ id: string }>('/api/leads', { name: 'Uma' })).body;
      const query = `actorId=${ada.session?.user.id}&outcome=allowed&action=lead.created&targetType=lead&targetId=${leadId}`;
      expect(
        await ada.get(`/api/audit?${query}&from=2020-01-01T00:00:00.000Z&to=2100-01-01T00:00:00.000Z`),
      ).toMatchObject({
        status: 200,
        body: { items: [{ action: 'lead.created.v1', outcome: 'allowed', actor: { type: 'user' } }], nextCursor: null },
      });
      for (const format of ['csv', 'jsonl']) {
        expect((await ada.get(`/api/audit/export?format=${format}`)).status).toBe(200);
      }
    });
  });

  describe('what anybody can reach', () => {
    it('is the tracking, the health and the description', async () => {
      const pixel = await app.stranger.get(`/api/outreach/track/${v7()}`);
      expect(pixel).toMatchObject({
        status: 200,
        headers: { 'content-type': 'image/gif', 'cache-control': expect.stringContaining('no-store') },
      });
      expect((await app.stranger.get(`/api/outreach/click/${v7()}?l=x`)).status).toBe(404);
      for (const path of ['/health/live', '/health/ready', '/metrics', '/api/openapi.json', '/api/docs']) {
        expect({ path, status: (await app.stranger.get(path)).status }).toEqual({ path, status: 200 });
      }
    });
  });
});
