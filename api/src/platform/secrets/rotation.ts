import pg from 'pg';
import type { Config } from '../config';
import { CONNECTION_LIMITS, ROLES, SCHEMA } from '../database';
import { SecretBox } from './secret-box';
import type { SealedColumn } from './sealed-column';

/** Rows that are locked at once. */
const BATCH = 500;
/** Values of a column that are looked at to see whether it is a sealed one. */
const SAMPLE = 20;

/** What became of the sealed values of a column. */
export interface Resealed {
  table: string;
  column: string;
  /** Values there are. */
  all: number;
  /** Those that were sealed anew now. */
  renewed: number;
}

/** Sealed values in a column that nobody named: they would be lost with the old secret. */
export class UnknownSeals extends Error {}

/**
 * Seals everything anew that is not sealed with the newest secret yet, in batches that commit by themselves: a run that
 * was cut short goes on where it stopped, and one that has nothing to do changes nothing. Threadline may run meanwhile,
 * as long as it knows both secrets.
 * @throws UnknownSeals before anything is changed
 * @throws Error when a value opens with none of the secrets
 */
export async function reseal(config: Config, columns: readonly SealedColumn[]): Promise<Resealed[]> {
  const box = new SecretBox(config);
  const client = new pg.Client({
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: CONNECTION_LIMITS.connect,
    options: `-c role=${ROLES.owner} -c search_path=${SCHEMA} -c lock_timeout=${CONNECTION_LIMITS.lock}`,
  });
  await client.connect();
  try {
    await refuseUnknown(client, columns);
    const done: Resealed[] = [];
    for (const column of columns) done.push(await resealColumn(client, box, column));
    return done;
  } finally {
    await client.end();
  }
}

async function resealColumn(client: pg.Client, box: SecretBox, column: SealedColumn): Promise<Resealed> {
  let renewed = 0;
  for (;;) {
    const batch = await seeingAll(client, column.table, () => resealBatch(client, box, column));
    renewed += batch;
    if (batch < BATCH) break;
  }
  const all = await seeingAll(client, column.table, async () => {
    const { rows } = await client.query<{ all: number }>(
      `SELECT count(${column.column})::int AS all FROM ${column.table}`,
    );
    return rows[0]?.all ?? 0;
  });
  return { table: column.table, column: column.column, all, renewed };
}

async function resealBatch(client: pg.Client, box: SecretBox, { table, column, key, about }: SealedColumn) {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT ${[...key, column].join(', ')} FROM ${table} WHERE ${column} NOT LIKE $1 LIMIT ${BATCH} FOR UPDATE`,
    [`${box.mark}%`],
  );
  const where = key.map((name, index) => `${name} = $${index + 2}`).join(' AND ');
  for (const row of rows) {
    const renewed = box.seal(box.open(row[column] ?? '', about(row)), about(row));
    await client.query(`UPDATE ${table} SET ${column} = $1 WHERE ${where}`, [renewed, ...key.map((name) => row[name])]);
  }
  return rows.length;
}

/**
 * Runs `work` in a transaction that sees every row of a table. Its owner is bound by its policies too, and there is no
 * workspace here: FORCE is off until the commit, behind a lock that nobody reads past.
 */
async function seeingAll<T>(client: pg.Client, table: string, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const result = await work();
    await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Looks for sealed values where nobody said there are any. @throws UnknownSeals */
async function refuseUnknown(client: pg.Client, columns: readonly SealedColumn[]): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT c.relname AS table, a.attname AS column
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND c.relforcerowsecurity
        AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype
      ORDER BY 1, 2`,
    [SCHEMA],
  );
  const known = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  const unnamed = new Map<string, string[]>();
  for (const { table, column } of rows) {
    if (!known.has(`${table}.${column}`)) unnamed.set(table, [...(unnamed.get(table) ?? []), column]);
  }
  for (const [table, fields] of unnamed) {
    await seeingAll(client, table, async () => {
      for (const column of fields) {
        // A column is sealed or not: a few values tell, and nobody waits while a large table is read.
        const found = await client.query(
          `SELECT 1 FROM (SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL LIMIT ${SAMPLE}) AS sample
            WHERE value ~ $1 LIMIT 1`,
          [SEALED_FORM],
        );
        if (found.rowCount === 0) continue;
        throw new UnknownSeals(`${table}.${column} holds sealed values, but nobody says what they are about.`);
      }
    });
  }
}

/** What SecretBox makes. */
const SEALED_FORM = '^v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]{38,}$';
