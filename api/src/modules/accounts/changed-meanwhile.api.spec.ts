import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ScimToken } from '@threadline/contracts';
import pg from 'pg';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokensPostedTo } from '../../../test';

describe('what an account is changed by while something else changes it', () => {
  let app: TestApp;
  let ada: Person;
  let directory: Person;
  let changing: pg.Client;

  beforeAll(async () => {
    app = await TestApp.start({ mailServer: true });
    ada = await app.person('Ada');
    const { body } = await ada.post<ScimToken & { token: string }>('/api/scim/tokens', { name: 'Okta' });
    directory = new Person(app.url, { accessToken: body.token } as Person['session']);
    changing = new pg.Client({ connectionString: app.config.databaseUrl });
    await changing.connect();
  });
  afterAll(async () => {
    await changing?.end();
    await app?.stop();
  });

  async function provisioned(): Promise<{ id: string; email: string }> {
    const email = `mine.${v7()}@example.com`;
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: email };
    const type = { 'content-type': 'application/scim+json' };
    const { status, body } = await directory.post<{ id: string }>('/scim/v2/Users', user, type);
    expect(status).toBe(201);
    return { id: body.id, email };
  }
  const waiting = async () => {
    const [row] = await app.rows<{ waiting: string }>(
      `SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted
          AND pg_backend_pid() <> pid AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`,
    );
    return Number(row?.waiting) > 0;
  };

  /** Runs a request that waits for what is done to an account meanwhile. */
  async function overtaken<T>(request: () => Promise<T>, sql: string, parameters: unknown[]): Promise<T> {
    await changing.query('BEGIN');
    await changing.query(sql, parameters);
    const answer = request();
    while (!(await waiting())) await new Promise((resolve) => setTimeout(resolve, 5));
    await changing.query('COMMIT');
    return answer;
  }

  // Who runs a directory names an address of theirs first, and another person's while they follow the link.
  it.each(['confirm-address', 'reset-password'])(
    'a link that was mailed to the address of before proves nothing about the new one: %s',
    async (path) => {
      const { id, email } = await provisioned();
      if (path === 'reset-password') {
        expect((await app.stranger.post('/api/auth/forgot-password', { email })).status).toBe(202);
      }
      const [token = ''] = await tokensPostedTo(app, email);
      const theirs = `theirs.${v7()}@example.com`;
      const password = path === 'reset-password' ? { password: `a new one ${v7()}` } : {};
      const answer = await overtaken(
        () => app.stranger.post(`/api/auth/${path}`, { token, ...password }),
        'UPDATE threadline.users SET email = $2 WHERE id = $1',
        [id, theirs],
      );
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
      const [account] = await app.rows('SELECT email, address_proved_at, password_hash FROM users WHERE id = $1', [id]);
      expect(account).toEqual({ email: theirs, address_proved_at: null, password_hash: null });
    },
  );

  it('a password that was set anew is not overwritten by who knew the one of before', async () => {
    const answer = await overtaken(
      () => ada.put('/api/auth/password', { current: PASSWORD, password: `a new one ${v7()}` }),
      `UPDATE threadline.users SET password_hash = 'anew', password_changed_at = now() WHERE id = $1`,
      [ada.userId],
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(await app.rows('SELECT password_hash FROM users WHERE id = $1', [ada.userId])).toEqual([
      { password_hash: 'anew' },
    ]);
  });

  it('a new address is not taken while somebody else comes in by it', async () => {
    const nova = await app.person('Nova');
    const email = `wanted.${v7()}@example.com`;
    expect((await nova.post('/api/user/email', { email, password: PASSWORD })).status).toBe(202);
    const [token = ''] = await tokensPostedTo(app, email);
    const answer = await overtaken(
      () => app.stranger.post('/api/auth/confirm-email', { token }),
      `WITH held AS MATERIALIZED (
         SELECT pg_advisory_xact_lock(hashtextextended('member ' || $1 || lower($2), 0))
       ), came AS (
         INSERT INTO threadline.users (id, email, name, created_at) SELECT $3, $2, 'Eve', now() FROM held RETURNING id
       ) INSERT INTO threadline.memberships (workspace_id, id, user_id, role_id, joined_at)
         SELECT workspace_id, gen_random_uuid(), came.id, roles.id, now() FROM came, threadline.roles
          WHERE workspace_id = $1::uuid AND built_in = 'agent'`,
      [nova.workspaceId, email, v7()],
    );
    expect(answer).toMatchObject({ status: 409, body: { code: 'already_member' } });
  });
});
