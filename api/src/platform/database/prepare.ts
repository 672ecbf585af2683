import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { Config } from '../config';
import { checkIsolation } from './isolation';
import { loginsOf, ROLES, SCHEMA, CONNECTION_LIMITS } from './logins';
import { recognise } from './restored';

type Migration = new () => MigrationInterface;

/** Any number will do, as long as every node takes the same. */
const START_LOCK = 7_463_501;

/**
 * Makes the database ready, under a lock so that nodes which start together take turns: roles, schema, migrations,
 * the epoch of the log, and at last the proof that isolation is on.
 * @throws when isolation is off: the process must not serve then.
 */
export async function prepareDatabase(config: Config, migrations: Migration[]): Promise<void> {
  await inTurn(config, async (admin) => {
    await makeSchema(admin, config, migrations);
    await recognise(admin);
  });
  await checkIsolation(loginsOf(config).app.url);
}

/** Roles, schema and these migrations, and nothing that only the newest of them have: for specs of upgrades. */
export async function migrateDatabase(config: Config, migrations: Migration[]): Promise<void> {
  await inTurn(config, (admin) => makeSchema(admin, config, migrations));
}

async function inTurn(config: Config, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({
    connectionString: config.databaseUrl,
    connectionTimeoutMillis: CONNECTION_LIMITS.connect,
  });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [START_LOCK]);
    await work(admin);
  } finally {
    await admin.end();
  }
}

async function makeSchema(admin: pg.Client, config: Config, migrations: Migration[]): Promise<void> {
  await makeRoles(admin, config);
  await migrate(config, migrations);
}

async function makeRoles(admin: pg.Client, config: Config): Promise<void> {
  const logins = loginsOf(config);
  for (const role of Object.values(ROLES)) {
    await admin.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
  }
  await admin.query(`GRANT ${ROLES.owner} TO CURRENT_USER`);
  for (const [role, login] of [
    [ROLES.app, logins.app],
    [ROLES.system, logins.system],
  ] as const) {
    const user = pg.escapeIdentifier(login.user);
    const known = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [login.user]);
    if (known.rowCount === 0) await admin.query(`CREATE ROLE ${user} LOGIN NOINHERIT`);
    // INHERIT, so that grants and policies of the group hold for the login.
    await admin.query(`ALTER ROLE ${user} LOGIN INHERIT PASSWORD ${pg.escapeLiteral(login.password)}`);
    await admin.query(`GRANT ${role} TO ${user}`);
    await admin.query(`ALTER ROLE ${user} SET search_path = ${SCHEMA}`);
    await admin.query(`ALTER ROLE ${user} SET lock_timeout = ${CONNECTION_LIMITS.lock}`);
    await admin.query(`ALTER ROLE ${user} SET statement_timeout = ${CONNECTION_LIMITS.statement}`);
    await admin.query(
      `ALTER ROLE ${user} SET idle_in_transaction_session_timeout = ${CONNECTION_LIMITS.idleInTransaction}`,
    );
  }
  await admin.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA} AUTHORIZATION ${ROLES.owner}`);
  await admin.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO ${ROLES.app}, ${ROLES.system}`);
  await admin.query(`CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION ${ROLES.system}`);
  // The queue keeps its own schema up to date, and asks for the right to make it even when it is there.
  await admin.query(`DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO ${ROLES.system}', current_database());
  END $$`);
}

async function migrate(config: Config, migrations: Migration[]): Promise<void> {
  const owner = new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    schema: SCHEMA,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    extra: { options: `-c role=${ROLES.owner} -c search_path=${SCHEMA}`, max: 2 },
  });
  await owner.initialize();
  try {
    const done = await owner.runMigrations();
    if (done.length > 0) new Logger('database').log(`migrated: ${done.map((one) => one.name).join(', ')}`);
  } finally {
    await owner.destroy();
  }
}
