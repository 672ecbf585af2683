import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations';
import { TestApp } from '../../../test';
import { databaseRefusal, prepareDatabase, SystemDatabase } from './index';
import { MonthsAhead } from './months-ahead';

interface Column {
  table: string;
  name: string;
  nullable: boolean;
}

describe('the database', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it('outlives a connection that is lost while nobody holds it', async () => {
    const system = app.get(SystemDatabase);
    const { master } = app.get(DataSource).driver as unknown as { master: SystemDatabase['pool'] };
    for (const pool of [system.pool, master]) {
      const client = await pool.connect();
      expect(client.emit('error', new Error('terminating connection'))).toBe(true);
      client.release(true);
    }
    expect(await system.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('has every column that an entity names, as nullable as the entity says', async () => {
    const rows = await app.rows<Column>(
      `SELECT table_name AS table, column_name AS name, is_nullable = 'YES' AS nullable
         FROM information_schema.columns WHERE table_schema = 'threadline'`,
    );
    const entities = app.get(DataSource).entityMetadatas;
    expect(entities.length).toBeGreaterThan(0);
    for (const { tableName, columns } of entities) {
      for (const { databaseName, isNullable } of columns) {
        const column = rows.find(({ table, name }) => table === tableName && name === databaseName);
        expect({ table: tableName, name: databaseName, nullable: column?.nullable }).toEqual({
          table: tableName,
          name: databaseName,
          nullable: isNullable,
        });
      }
    }
  });

  it('is prepared a second time without a change', async () => {
    const epoch = () => app.rows('SELECT epoch FROM installation');
    const before = await epoch();
    await prepareDatabase(app.config, MIGRATIONS);
    expect(await epoch()).toEqual(before);
  });

  it.each([
    [
      'isolation is switched off for a table',
      'ALTER TABLE leads DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE leads ENABLE ROW LEVEL SECURITY',
      /Row-level security is off for leads/,
    ],
    [
      'isolation is not forced',
      'ALTER TABLE messages NO FORCE ROW LEVEL SECURITY',
      'ALTER TABLE messages FORCE ROW LEVEL SECURITY',
      /Row-level security is off for messages/,
    ],
    [
      'a tenant table is added without isolation',
      'CREATE TABLE forgotten (workspace_id uuid)',
      'DROP TABLE forgotten',
      /Row-level security is off for forgotten/,
    ],
  ])('is not served from when %s', async (_, breakIt, mendIt, complaint) => {
    await app.rows(breakIt);
    await expect(prepareDatabase(app.config, MIGRATIONS)).rejects.toThrow(complaint);
    await app.rows(mendIt);
    await prepareDatabase(app.config, MIGRATIONS);
  });

  it('is not served from when a policy lets rows be seen without a workspace', async () => {
    await app.person();
    await app.rows('CREATE POLICY oops ON workspaces FOR SELECT TO threadline_app USING (true)');
    await expect(prepareDatabase(app.config, MIGRATIONS)).rejects.toThrow(/workspaces shows rows without a workspace/);
    await app.rows('DROP POLICY oops ON workspaces');
  });

  it('gets another epoch when it turns out to be a restored copy', async () => {
    const epoch = () => app.rows('SELECT epoch FROM installation');
    const before = await epoch();
    await app.rows(`UPDATE installation SET fingerprint = 'of another cluster'`);
    await prepareDatabase(app.config, MIGRATIONS);
    expect(await epoch()).not.toEqual(before);
  });

  it('has room for the months to come in every table that is kept by the month, years after it was made', async () => {
    const months = () =>
      app.rows<{ table: string; last: string }>(
        `SELECT p.relname AS table, max(c.relname) AS last
           FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_class c ON c.oid = i.inhrelid
          WHERE p.relkind = 'p' AND p.relnamespace = 'threadline'::regnamespace AND c.relname ~ '_\\d{4}_\\d\\d$'
          GROUP BY 1 ORDER BY 1`,
      );
    app.clock.advance(2 * 366 * 86_400_000);
    await app.get(MonthsAhead).makeRoom();
    const ahead = new Date(Date.UTC(app.clock.now().getUTCFullYear(), app.clock.now().getUTCMonth() + 3, 1));
    const month = ahead.toISOString().slice(0, 7).replace('-', '_');
    const tables = await months();
    expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['events', 'tracking_hits']));
    for (const { table, last } of tables) expect(last).toBe(`${table}_${month}`);
  });

  it.each([
    ['ECONNREFUSED', '', 'database_away'],
    ['57P01', '', 'database_away'],
    ['55P03', '', 'database_away'],
    ['', 'Query read timeout', 'database_away'],
    ['22021', '', 'invalid_input'],
    ['42601', '', undefined],
    ['', 'anything else', undefined],
  ])('an error with the code "%s" and the message "%s" is answered with %s', (code, message, answer) => {
    expect(databaseRefusal(Object.assign(new Error(message), { code }))?.code).toBe(answer);
  });
});
