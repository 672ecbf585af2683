import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BLOCK, rootOf } from '@threadline/audit';
import pg from 'pg';
import { v7 } from 'uuid';
import { Config } from '../src/platform/config';
import { migrateDatabase, prepareDatabase } from '../src/platform/database';
import { AuditIndex1764000000091 } from './0091-audit-index';
import { MIGRATIONS } from './index';

const BEFORE = MIGRATIONS.slice(0, MIGRATIONS.indexOf(AuditIndex1764000000091));
const ENTRIES = 1_100;

describe('an audit log of the version before it was kept in blocks', () => {
  const name = `t_${randomBytes(5).toString('hex')}`;
  const server = process.env.DATABASE_URL ?? '';
  const databaseUrl = Object.assign(new URL(server), { pathname: name }).href;
  const config = new Config({ DATABASE_URL: databaseUrl, APP_SECRET: 'a secret that only the tests know, 32+' });
  const workspaceId = v7();
  let admin: pg.Client;
  let superuser: pg.Client;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await migrateDatabase(config, BEFORE);
    superuser = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=threadline' });
    await superuser.connect();
    const rows = Array.from({ length: ENTRIES }, (_, n) => ({
      before: `{"action":"lead.updated.v1","changes":[],"reason":null,"seq":`,
      after: `,"v":1}`,
      id: v7(),
      occurred_at: new Date(Date.UTC(2026, 10, 1) + n * 60_000),
      action: 'lead.updated.v1',
      outcome: 'allowed',
      actor_id: `p-${n % 3}`,
      targets: [`lead:${n % 10}`],
    }));
    await superuser.query('SELECT append_audit($1, $2::jsonb)', [workspaceId, JSON.stringify(rows)]);
    await prepareDatabase(config, MIGRATIONS);
  }, 60_000);
  afterAll(async () => {
    await superuser?.end();
    await admin?.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin?.end();
  });

  it('gets its full blocks, with the roots that its entries have', async () => {
    const entries = await superuser.query<{ hash: Buffer }>('SELECT hash FROM audit_entries ORDER BY seq');
    const blocks = await superuser.query<{ block: number; leaves: Buffer; root: Buffer }>(
      'SELECT block, leaves, root FROM audit_blocks ORDER BY block',
    );
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    expect(blocks.rows).toHaveLength(2);
    for (const { block, leaves, root } of blocks.rows) {
      const own = entries.rows.slice(block * BLOCK, (block + 1) * BLOCK).map(({ hash }) => hash);
      expect(leaves.equals(Buffer.concat(own))).toBe(true);
      expect(root.equals(rootOf(sha256, own))).toBe(true);
    }
  });

  it('is searched by them, in its own workspace alone', async () => {
    const found = async (workspace: string, wish: object) => {
      await superuser.query(`SELECT set_config('app.workspace_id', $1, false)`, [workspace]);
      const { rows } = await superuser.query<{ found: string[] }>(
        'SELECT audit_found($1::jsonb, NULL, NULL, NULL, NULL, 2000) AS found',
        [JSON.stringify([{ keys: [], starts: [], refs: [], request: null, ...wish }])],
      );
      return rows[0]?.found;
    };
    for (const [wish, condition] of [
      [{ keys: ['a:p-1'] }, `actor_id = 'p-1'`],
      [{ refs: ['lead:3'] }, `targets && '{lead:3}'`],
      [{ keys: ['a:p-2'], refs: ['lead:3'] }, `(actor_id = 'p-2' OR targets && '{lead:3}')`],
      [{ starts: ['w:upd'] }, 'true'],
      [{ starts: ['w:nothing'] }, 'false'],
    ] as const) {
      const { rows } = await superuser.query<{ seq: string }>(
        `SELECT seq FROM audit_entries WHERE ${condition} ORDER BY seq DESC`,
      );
      expect(await found(workspaceId, wish)).toEqual(rows.map(({ seq }) => seq));
      expect(await found(v7(), wish)).toEqual([]);
      expect(await found('', wish)).toEqual([]);
    }
  });
});
