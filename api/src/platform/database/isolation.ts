import pg from 'pg';
import { CONNECTION_LIMITS, SCHEMA } from './logins';

/** A table whose comment begins with this holds rows of no single workspace, and says why. */
const GLOBAL_MARK = 'global:';

/**
 * The start-up self-test: as the role that serves people, isolation must be on for every tenant table, and a query
 * without a tenant must see nothing.
 * @throws with one sentence that names what is off.
 */
export async function checkIsolation(appUrl: string): Promise<void> {
  const app = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: CONNECTION_LIMITS.connect });
  await app.connect();
  try {
    await checkRole(app);
    for (const table of await tenantTables(app)) {
      if (!table.enabled || !table.forced) {
        throw new Error(`Row-level security is off for ${table.name}; Threadline does not serve without it.`);
      }
      if (!table.readable) continue;
      const seen = await app.query(`SELECT 1 FROM ${SCHEMA}.${pg.escapeIdentifier(table.name)} LIMIT 1`);
      if (seen.rowCount) throw new Error(`${table.name} shows rows without a workspace; Threadline does not serve so.`);
    }
  } finally {
    await app.end();
  }
}

async function checkRole(app: pg.Client): Promise<void> {
  const { rows } = await app.query<{ rolsuper: boolean; rolbypassrls: boolean }>(
    'SELECT bool_or(rolsuper) AS rolsuper, bool_or(rolbypassrls) AS rolbypassrls FROM pg_roles WHERE rolname IN (current_user, session_user)',
  );
  if (rows[0]?.rolsuper || rows[0]?.rolbypassrls) {
    throw new Error('The serving database role can bypass row-level security; Threadline does not serve so.');
  }
}

async function tenantTables(app: pg.Client) {
  const { rows } = await app.query<{ name: string; enabled: boolean; forced: boolean; readable: boolean }>(
    `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
            has_table_privilege(c.oid, 'SELECT') AS readable
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id')
        AND coalesce(obj_description(c.oid), '') NOT LIKE $2`,
    [SCHEMA, `${GLOBAL_MARK}%`],
  );
  return rows;
}
