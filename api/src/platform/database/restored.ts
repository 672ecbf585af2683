import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { SCHEMA } from './logins';
import { type Change, changeBetween, type Fingerprint, fingerprintOf, textOf } from './restored.rules';

/** Not every role may ask for all of it: what it may not is left empty. */
const FINGERPRINT = `
  SELECT (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
         CASE WHEN has_function_privilege('pg_control_system()', 'EXECUTE')
              THEN (SELECT system_identifier::text FROM pg_control_system()) ELSE '' END AS cluster,
         CASE WHEN has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
              THEN (SELECT timeline_id::text FROM pg_control_checkpoint()) ELSE '' END AS timeline,
         CASE WHEN has_function_privilege('pg_stat_file(text)', 'EXECUTE')
              THEN extract(epoch FROM (SELECT change FROM pg_stat_file('PG_VERSION')))::bigint::text ELSE '' END AS files`;

/**
 * Finds out whether this is the database that was served last. If not, its log may have lost its end: it gets another
 * epoch, and every screen takes a new snapshot. If it was restored from a backup, what waits in it may have been sent
 * after the backup was made: every workspace sends nothing until somebody there has decided.
 */
export async function recognise(admin: pg.Client): Promise<void> {
  const { rows: found } = await admin.query<Fingerprint>(FINGERPRINT);
  const [now] = found;
  if (!now) throw new Error('The database does not know itself');
  const { rows: remembered } = await admin.query<{ fingerprint: string; silent_ms: number }>(
    `SELECT fingerprint, coalesce(extract(epoch FROM now() - alive_at) * 1000, 0)::float8 AS silent_ms
       FROM ${SCHEMA}.installation WHERE id = 1`,
  );
  const [before] = remembered;
  const change = before ? changeBetween(fingerprintOf(before.fingerprint), now, before.silent_ms) : 'none';
  await admin.query('BEGIN');
  await admin.query(
    `INSERT INTO ${SCHEMA}.installation (id, epoch, fingerprint, alive_at) VALUES (1, gen_random_uuid(), $1, now())
     ON CONFLICT (id) DO UPDATE SET fingerprint = $1, alive_at = now(),
       epoch = CASE WHEN $2 THEN installation.epoch ELSE gen_random_uuid() END`,
    [textOf(now), change === 'none'],
  );
  const paused = change === 'restored' ? await pauseAll(admin) : 0;
  await admin.query('COMMIT');
  say(change, paused);
}

async function pauseAll(admin: pg.Client): Promise<number> {
  const { rowCount } = await admin.query(
    `INSERT INTO ${SCHEMA}.outgoing_pauses (workspace_id, since, seq)
     SELECT workspace_id, now(), seq FROM ${SCHEMA}.workspace_heads
     ON CONFLICT (workspace_id) DO UPDATE SET since = excluded.since, seq = excluded.seq, told_at = NULL`,
  );
  return rowCount ?? 0;
}

function say(change: Change, paused: number): void {
  const log = new Logger('database');
  if (change === 'promoted') log.warn('Another server has taken over this database: every screen is read anew.');
  if (change === 'restored' && paused > 0) {
    log.warn(
      `This database was restored from a backup. Webhooks and messages of ${paused} workspace(s) are paused, so that ` +
        'nothing is sent twice, until somebody who may change the workspace says in the app what becomes of what waits.',
    );
  }
}
