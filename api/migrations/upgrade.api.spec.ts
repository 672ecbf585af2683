import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 } from 'uuid';
import { Config } from '../src/platform/config';
import { migrateDatabase, prepareDatabase } from '../src/platform/database';
import { Access1764000000080 } from './0080-access';
import { MIGRATIONS } from './index';

/** The version before there were roles as rows; people of it have to find themselves again. */
const BEFORE_ROLES = MIGRATIONS.slice(0, MIGRATIONS.indexOf(Access1764000000080));

describe('an installation of an earlier version', () => {
  const name = `t_${randomBytes(5).toString('hex')}`;
  const server = process.env.DATABASE_URL ?? '';
  const databaseUrl = Object.assign(new URL(server), { pathname: name }).href;
  const config = new Config({ DATABASE_URL: databaseUrl, APP_SECRET: 'a secret that only the tests know, 32+' });
  const [workspaceId, owner, agent, gone, sessionId] = [v7(), v7(), v7(), v7(), v7()];
  let admin: pg.Client;
  let superuser: pg.Client;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await migrateDatabase(config, BEFORE_ROLES);
    superuser = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=threadline' });
    await superuser.connect();
    await superuser.query(`
      INSERT INTO workspace_heads (workspace_id) VALUES ('${workspaceId}');
      INSERT INTO workspaces (workspace_id, name, created_at) VALUES ('${workspaceId}', 'Old house', now());
      INSERT INTO users (id, email, name, password_hash, created_at)
        VALUES ('${owner}', 'ada@example.com', 'Ada', '-', now()), ('${agent}', 'ben@example.com', 'Ben', '-', now()),
               ('${gone}', 'cy@example.com', 'Cy', '-', now());
      INSERT INTO memberships (workspace_id, id, user_id, role, joined_at, ended_at)
        VALUES ('${workspaceId}', '${v7()}', '${owner}', 'owner', now(), NULL),
               ('${workspaceId}', '${v7()}', '${agent}', 'agent', now(), NULL),
               ('${workspaceId}', '${v7()}', '${gone}', 'analyst', now(), now());
      INSERT INTO sessions (workspace_id, id, user_id, created_at, last_used_at, expires_at)
        VALUES ('${workspaceId}', '${sessionId}', '${owner}', now(), now(), now() + interval '1 day');
    `);
    await prepareDatabase(config, MIGRATIONS);
  }, 60_000);
  afterAll(async () => {
    await superuser?.end();
    await admin?.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin?.end();
  });

  it('keeps its people, with the roles they had', async () => {
    const { rows } = await superuser.query(
      `SELECT m.user_id, r.built_in FROM memberships m
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id ORDER BY r.built_in`,
    );
    expect(rows).toEqual([
      { user_id: agent, built_in: 'agent' },
      { user_id: gone, built_in: 'analyst' },
      { user_id: owner, built_in: 'owner' },
    ]);
    const roles = await superuser.query('SELECT count(*)::int AS count FROM roles');
    expect(roles.rows).toEqual([{ count: 6 }]);
  });

  it('keeps who had left as they are called now, and nothing of who is there', async () => {
    const { rows } = await superuser.query('SELECT user_id, left_email, left_name FROM memberships ORDER BY left_name');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({ user_id: gone, left_email: 'cy@example.com', left_name: 'Cy' });
    expect(rows.slice(1)).toMatchObject(Array(2).fill({ left_email: null, left_name: null }));
  });

  it('keeps its sessions, and every tenant table isolated', async () => {
    const sessions = await superuser.query('SELECT id, proved_at IS NOT NULL AS proved, method FROM sessions');
    expect(sessions.rows).toEqual([{ id: sessionId, proved: true, method: 'password' }]);
    const open = await superuser.query(
      `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
        WHERE c.relnamespace = 'threadline'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
          AND obj_description(c.oid) IS NULL`,
    );
    expect(open.rows).toEqual([]);
  });
});
