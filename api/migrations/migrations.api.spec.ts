import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TestApp } from '../test';
import { MIGRATIONS } from './index';

const FOLDER = import.meta.dirname;
/** What each migration was when it was merged. `UPDATE_MIGRATION_SUMS=1` adds new ones; it never changes an old one. */
const SUMS = join(FOLDER, 'merged.json');

interface Column {
  table_name: string;
  column_name: string;
  udt_name: string;
  is_nullable: 'YES' | 'NO';
  column_default: string | null;
  is_generated: 'ALWAYS' | 'NEVER';
}

/** Where PostgreSQL's catalogue calls a column type by another word than the entities do. */
const CATALOGUE: Record<string, string> = { int: 'int4', bigint: 'int8', smallint: 'int2', boolean: 'bool' };

describe('migrations', () => {
  let app: TestApp;
  let columns: Column[];

  beforeAll(async () => {
    app = await TestApp.start();
    columns = await app.rows<Column>(
      `SELECT table_name, column_name, udt_name, is_nullable, column_default, is_generated
         FROM information_schema.columns WHERE table_schema = 'threadline'`,
    );
  });
  afterAll(() => app?.stop());

  it('stay as they were merged: what has run somewhere is not rewritten', () => {
    const files = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.ts$/.test(name));
    const now = Object.fromEntries(files.map((name) => [name, sumOf(name)]));
    const merged = JSON.parse(readFileSync(SUMS, 'utf8')) as Record<string, string>;
    if (process.env.UPDATE_MIGRATION_SUMS) {
      Object.assign(merged, { ...now, ...merged });
      writeFileSync(SUMS, `${JSON.stringify(merged, Object.keys(merged).sort(), 2)}\n`);
    }
    expect(now).toEqual(merged);
  });

  it('are all in the list, in the order of their numbers', () => {
    const numbers = readdirSync(FOLDER)
      .map((name) => /^(\d{4})-/.exec(name)?.[1])
      .filter((number) => number !== undefined);
    const listed = MIGRATIONS.map(({ name }) => name.slice(-4));
    expect(listed).toEqual(numbers.sort());
  });

  it('make the columns that the entities write, and none that these could not fill', () => {
    const entities = app.get(DataSource).entityMetadatas;
    expect(entities.length).toBeGreaterThan(0);
    for (const { tableName, columns: mapped } of entities) {
      const real = columns.filter(({ table_name }) => table_name === tableName);
      for (const { databaseName, type, isArray, isNullable } of mapped) {
        const column = real.find(({ column_name }) => column_name === databaseName);
        const known = CATALOGUE[String(type)] ?? String(type);
        expect({ tableName, databaseName, type: column?.udt_name, nullable: column?.is_nullable }).toEqual({
          tableName,
          databaseName,
          type: isArray ? `_${known}` : known,
          nullable: isNullable ? 'YES' : 'NO',
        });
      }
      const unmapped = real.filter(
        (column) =>
          column.is_nullable === 'NO' &&
          column.column_default === null &&
          column.is_generated === 'NEVER' &&
          !mapped.some(({ databaseName }) => databaseName === column.column_name),
      );
      expect({ tableName, cannotBeFilled: unmapped.map(({ column_name }) => column_name) }).toEqual({
        tableName,
        cannotBeFilled: [],
      });
    }
  });
});

function sumOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(FOLDER, name)))
    .digest('hex');
}
