import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKey, Draft, Lead, Message, Permission, Problem } from '@threadline/contracts';
import { Person, TestApp } from '../../../test';
import { PROOF_HOLDS_MS, systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { loggerOptions } from '../../platform/logging';

type Made = ApiKey & { key: string | null };

describe('API keys', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app.stop());

  const make = async (by: Person, permissions: Permission[], more: object = {}) => {
    const made = await by.post<Made>('/api/api-keys', { name: 'Nightly export', permissions, ...more });
    expect(made.status).toBe(201);
    return { ...made.body, program: programWith(made.body.key ?? '') };
  };
  const programWith = (key: string) =>
    new Person(ada.url, { accessToken: key, expiresIn: 0, user: {}, workspace: {} } as Person['session']);
  const events = (type: string, id: string) =>
    app.rows<{ actor_type: string; actor_id: string; data: object }>(
      'SELECT actor_type, actor_id, data FROM events WHERE type = $1 AND subject_id = $2 ORDER BY seq',
      [type, id],
    );
  const giveRole = (person: Person, word: string) =>
    app.rows(
      `UPDATE memberships m SET role_id = r.id FROM roles r
        WHERE r.workspace_id = m.workspace_id AND r.built_in = $2 AND m.user_id = $1`,
      [person.userId, word],
    );

  it('a key is shown once, kept as a hash, and told of in an event that does not hold it', async () => {
    const key = await make(ada, ['leads:read'], { allowedNetworks: ['127.0.0.1', '2001:db8::/32'] });
    expect(key.key).toMatch(/^tl_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/);
    expect(key).toMatchObject({
      name: 'Nightly export',
      prefix: key.key?.slice(0, 15),
      permissions: ['leads:read'],
      createdBy: { id: ada.userId, name: 'Ada' },
      expiresAt: null,
      lastUsedAt: null,
      exposedAt: null,
      revokedAt: null,
      allowedNetworks: ['127.0.0.1/32', '2001:db8::/32'],
    });
    const list = await ada.get<{ items: ApiKey[] }>('/api/api-keys');
    expect(list.body.items.find(({ id }) => id === key.id)).toMatchObject({ name: 'Nightly export' });
    expect(JSON.stringify(list.body)).not.toContain(key.key);

    const secret = key.key?.split('_')[2] ?? 'none';
    const [row] = await app.rows<{ hash: string; row: string }>(
      "SELECT encode(secret_hash, 'hex') AS hash, row_to_json(k)::text AS row FROM api_keys k WHERE id = $1",
      [key.id],
    );
    expect(row?.hash).toHaveLength(64);
    expect(row?.row).not.toContain(secret);
    const [event] = await events('api_key.created', key.id);
    expect(event).toMatchObject({ actor_type: 'user', actor_id: ada.userId, data: { apiKey: { id: key.id } } });
    expect(JSON.stringify(event)).not.toContain(secret);
  });

  it('an Idempotency-Key makes one key, and does not remember it', async () => {
    const headers = { 'idempotency-key': 'make-one-key' };
    const body = { name: 'Once', permissions: ['leads:read'] };
    const [first, again] = [
      await ada.post<Made>('/api/api-keys', body, headers),
      await ada.post<Made>('/api/api-keys', body, headers),
    ];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual({ ...first.body, key: null });
    const kept = await app.rows<{ body: object }>("SELECT body FROM idempotency_keys WHERE key = 'make-one-key'");
    expect(JSON.stringify(kept)).not.toContain(first.body.key?.split('_')[2]);
  });

  it('what a key is made of is checked', async () => {
    const refused = async (body: object) => (await ada.post<Problem>('/api/api-keys', body)).body.errors?.[0]?.path;
    const good = { name: 'x', permissions: ['leads:read'] };
    expect(await refused({ ...good, name: ' ' })).toBe('name');
    expect(await refused({ ...good, permissions: [] })).toBe('permissions');
    expect(await refused({ ...good, permissions: ['leads:everything'] })).toBe('permissions');
    expect(await refused({ ...good, permissions: ['leads:read', 'leads:read'] })).toBe('permissions');
    expect(await refused({ ...good, expiresAt: 'tomorrow' })).toBe('expiresAt');
    expect(await refused({ ...good, expiresAt: '2020-01-01T00:00:00.000Z' })).toBe('expiresAt');
    expect(await refused({ ...good, allowedNetworks: ['192.0.2.0/24', 'office'] })).toBe('allowedNetworks.1');
    expect(await refused({ ...good, createdBy: ada.userId })).toBe('createdBy');
  });

  it('a maker gives no more than they hold, and is told what is missing', async () => {
    const limited = await app.colleagueOf(ada, {
      permissions: ['api_keys:read', 'api_keys:write', 'leads:read'],
      scopes: { leads: 'all', conversations: 'all' },
    });
    const answer = await limited.post<Problem>('/api/api-keys', {
      name: 'Too much',
      permissions: ['leads:read', 'leads:write', 'messages:send'],
    });
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('leads:write, messages:send');
  });

  it('only who may, makes and revokes; making asks for a fresh proof, and a key makes no keys', async () => {
    const agent = await app.colleagueOf(ada, 'agent');
    const manager = await app.colleagueOf(ada, 'manager');
    const key = await make(ada, ['leads:read', 'api_keys:read', 'api_keys:write']);
    const body = { name: 'x', permissions: ['leads:read'] };
    expect((await agent.get('/api/api-keys')).status).toBe(403);
    expect((await manager.get('/api/api-keys')).status).toBe(200);
    expect((await manager.post('/api/api-keys', body)).status).toBe(403);
    expect((await manager.delete(`/api/api-keys/${key.id}`)).status).toBe(403);
    expect((await key.program.get('/api/api-keys')).status).toBe(200);
    expect((await key.program.post<Problem>('/api/api-keys', body)).body).toMatchObject({
      code: 'proof_required',
      detail: expect.stringMatching(/^Only a person can do this/),
    });
    await app.rows('UPDATE sessions SET proved_at = proved_at - make_interval(secs => $2) WHERE user_id = $1', [
      manager.userId,
      PROOF_HOLDS_MS / 1000,
    ]);
    await giveRole(manager, 'admin');
    app.clock.advance(4_000);
    expect((await manager.post<Problem>('/api/api-keys', body)).body.code).toBe('proof_required');
  });

  it('a key does what it was given and nothing else, each refused with 403', async () => {
    const { program } = await make(ada, ['leads:read']);
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin' })).body;
    expect((await program.get(`/api/leads/${lead.id}`)).status).toBe(200);
    const refusals = await Promise.all([
      program.post('/api/leads', { name: 'New' }),
      program.patch(`/api/leads/${lead.id}`, { name: 'Other' }),
      program.delete(`/api/leads/${lead.id}`),
      program.get('/api/events?after=0'),
      program.get('/api/conversations'),
      program.post(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'Hi' }),
      program.get('/api/members'),
      program.get('/api/auth/me'),
      program.get('/api/user/settings'),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 403));
  });

  it('what a key writes is its maker’s, done by the key', async () => {
    const { program, id } = await make(ada, [
      'leads:read',
      'leads:write',
      'drafts:write',
      'drafts:read',
      'messages:send',
      'conversations:read',
      'conversations:write',
    ]);
    const lead = (await program.post<Lead>('/api/leads', { name: 'Lin', email: 'lin.key@example.com' })).body;
    const [created] = await events('lead.created', lead.id);
    expect(created).toMatchObject({ actor_type: 'api_key', actor_id: id });
    const draft = await program.post<Draft>(`/api/drafts/${lead.id}`, { channel: 'email', content: 'Half a' });
    expect(draft.status).toBe(200);
    const [row] = await app.rows<{ author_id: string }>('SELECT author_id FROM drafts WHERE lead_id = $1', [lead.id]);
    expect(row?.author_id).toBe(ada.userId);
    const sent = await program.post<Message>(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'Hello' });
    expect(sent.body.authorId).toBe(ada.userId);
    await ada.patch(`/api/conversations/${sent.body.conversationId}`, { assigneeId: ada.userId });
    const mine = await program.get<{ items: { id: string }[] }>('/api/conversations?assigneeId=me');
    expect(mine.body.items.map((each) => each.id)).toContain(sent.body.conversationId);
    // The maker's own message is no colleague's.
    const next = { channel: 'email', content: 'And another', afterMessageId: null };
    expect((await ada.post(`/api/leads/${lead.id}/messages`, next)).status).toBe(201);
  });

  it('a maker who is demoted takes their keys down with them, and one who leaves ends them', async () => {
    const ben = await app.colleagueOf(ada, 'admin');
    const key = await make(ben, ['leads:read', 'leads:write']);
    expect((await key.program.post('/api/leads', { name: 'One' })).status).toBe(201);
    await giveRole(ben, 'analyst');
    app.clock.advance(3_000);
    expect((await key.program.post('/api/leads', { name: 'Two' })).status).toBe(403);
    expect((await key.program.get('/api/leads')).status).toBe(200);

    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [ben.userId]);
    app.clock.advance(3_000);
    expect((await key.program.get('/api/leads')).status).toBe(401);
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) =>
      tx.append({
        type: 'member.removed',
        subject: { type: 'user', id: ben.userId },
        about: [],
        data: { memberId: ben.userId, userId: ben.userId, name: 'Ben', reassignedTo: null },
      }),
    );
    await app.react();
    await app.rows('UPDATE memberships SET ended_at = NULL WHERE user_id = $1', [ben.userId]);
    app.clock.advance(3_000);
    expect((await key.program.get('/api/leads')).status).toBe(401);
    expect(await events('api_key.revoked', key.id)).toHaveLength(1);
  });

  it('a maker who owes the workspace a second factor has keys that do nothing', async () => {
    const { program } = await make(ada, ['leads:read']);
    await app.rows(`UPDATE workspaces SET policies = '{"secondFactorRequired": true}' WHERE workspace_id = $1`, [
      ada.workspaceId,
    ]);
    app.clock.advance(3_000);
    const answer = await program.get<Problem>('/api/leads');
    await app.rows(`UPDATE workspaces SET policies = '{}' WHERE workspace_id = $1`, [ada.workspaceId]);
    app.clock.advance(3_000);
    expect([answer.status, answer.body.code]).toEqual([403, 'second_factor_required']);
    expect((await program.get('/api/leads')).status).toBe(200);
  });

  it('a revoked key is refused at once here, and within five seconds on another node', async () => {
    const other = await TestApp.start({ sharing: app });
    try {
      const key = await make(ada, ['leads:read']);
      const there = new Person(`http://127.0.0.1:${other.config.port}`, key.program.session);
      expect((await there.get('/api/leads')).status).toBe(200);
      expect((await ada.delete(`/api/api-keys/${key.id}`)).status).toBe(204);
      expect((await key.program.get<Problem>('/api/leads')).body.code).toBe('unauthenticated');
      app.clock.advance(4_000);
      expect((await there.get('/api/leads')).status).toBe(401);
      expect((await ada.delete(`/api/api-keys/${key.id}`)).status).toBe(204);
      expect(await events('api_key.revoked', key.id)).toHaveLength(1);
      const list = await ada.get<{ items: ApiKey[] }>('/api/api-keys');
      expect(list.body.items.find(({ id }) => id === key.id)?.revokedAt).not.toBeNull();
    } finally {
      await other.stop();
    }
  });

  it('a key stops at its expiry, also when it has just been used', async () => {
    const expiresAt = new Date(app.clock.millis() + 2_000).toISOString();
    const { program } = await make(ada, ['leads:read'], { expiresAt });
    expect((await program.get('/api/leads')).status).toBe(200);
    app.clock.advance(2_000);
    expect((await program.get('/api/leads')).status).toBe(401);
  });

  it('a key works from its networks only, and from the workspace’s', async () => {
    const { program } = await make(ada, ['leads:read'], { allowedNetworks: ['192.0.2.0/24'] });
    const answer = await program.get<Problem>('/api/leads');
    expect([answer.status, answer.body.code]).toEqual([403, 'network_not_allowed']);

    const free = await make(ada, ['leads:read']);
    await app.rows(`UPDATE workspaces SET policies = '{"allowedNetworks": ["192.0.2.0/24"]}' WHERE workspace_id = $1`, [
      ada.workspaceId,
    ]);
    app.clock.advance(3_000);
    const outside = await free.program.get<Problem>('/api/leads');
    await app.rows(`UPDATE workspaces SET policies = '{}' WHERE workspace_id = $1`, [ada.workspaceId]);
    app.clock.advance(3_000);
    expect([outside.status, outside.body.code]).toEqual([403, 'network_not_allowed']);
  });

  it('its last use is shown, and written down once a minute', async () => {
    const key = await make(ada, ['leads:read']);
    await key.program.get('/api/leads');
    await app.settle();
    const used = async () =>
      (await ada.get<{ items: ApiKey[] }>('/api/api-keys')).body.items.find(({ id }) => id === key.id);
    const first = await used();
    expect(first).toMatchObject({ lastUsedIp: '127.0.0.1', lastUsedAt: expect.any(String) });
    app.clock.advance(30_000);
    await key.program.get('/api/leads');
    await app.settle();
    expect((await used())?.lastUsedAt).toBe(first?.lastUsedAt);
    app.clock.advance(31_000);
    await key.program.get('/api/leads');
    await app.settle();
    expect((await used())?.lastUsedAt).not.toBe(first?.lastUsedAt);
  });

  it.each(['/api/leads?api_key=', '/api/leads?limit=5&token=', '/health/live?access_token=', '/?x[key]='])(
    'a key in an address is not taken and marked as exposed: %s',
    async (address) => {
      const key = await make(ada, ['leads:read']);
      const answer = await app.stranger.get<Problem>(`${address}${key.key?.replace('_', '%5F')}`);
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
      await key.program.get(`${address}${key.key}`);
      await app.settle();
      expect(await events('api_key.exposed', key.id)).toHaveLength(1);
      const mails = "SELECT to_address FROM account_mails WHERE kind = 'api_key_exposed'";
      const told = await app.rows<{ to_address: string }>(mails);
      expect(told.at(-1)?.to_address).toBe(ada.session?.user.email);
      const list = await ada.get<{ items: ApiKey[] }>('/api/api-keys');
      expect(list.body.items.find(({ id }) => id === key.id)?.exposedAt).not.toBeNull();
    },
  );

  it('what looks like a key in an address marks nobody’s', async () => {
    const key = await make(ada, ['leads:read']);
    const forged = key.key?.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    expect((await app.stranger.get(`/api/leads?api_key=${forged}`)).status).toBe(401);
    await app.settle();
    expect(await events('api_key.exposed', key.id)).toEqual([]);
  });

  it('the log holds the path of a request alone, so no key that stood in its address', () => {
    const { pinoHttp } = loggerOptions(app.config) as {
      pinoHttp: { serializers: { req: (request: object) => object } };
    };
    const line = pinoHttp.serializers.req({ id: '1', method: 'GET', url: '/api/leads?api_key=tl_secret' });
    expect(JSON.stringify(line)).not.toContain('tl_secret');
  });

  it('what is no key, or another’s secret, is refused in the same words', async () => {
    const [one, other] = [await make(ada, ['leads:read']), await make(ada, ['leads:read'])];
    const mixed = `${one.key?.split('_').slice(0, 2).join('_')}_${other.key?.split('_')[2]}`;
    const unknown = `tl_${'0'.repeat(22)}_${other.key?.split('_')[2]}`;
    const answers = await Promise.all(
      [mixed, unknown, 'tl_', 'tl_x_y'].map((key) => programWith(key).get<Problem>('/api/leads')),
    );
    for (const { status, body } of answers) {
      expect([status, body.code, body.detail]).toEqual([
        401,
        'unauthenticated',
        'This API key is not good, or not any more.',
      ]);
    }
  });

  it('keys of another workspace are not there', async () => {
    const eve = await app.person('Eve');
    const key = await make(ada, ['leads:read']);
    expect((await eve.delete(`/api/api-keys/${key.id}`)).status).toBe(404);
    expect((await eve.get<{ items: ApiKey[] }>('/api/api-keys')).body.items).toEqual([]);
    const lead = (await eve.post<Lead>('/api/leads', { name: 'Hers' })).body;
    expect((await key.program.get(`/api/leads/${lead.id}`)).status).toBe(404);
  });
});
