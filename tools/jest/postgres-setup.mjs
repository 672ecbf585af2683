import { startTemporaryPostgres } from '../postgres/index.mjs';

/**
 * One PostgreSQL for a whole jest run. Specs find it in DATABASE_URL (the superuser's address, database "postgres")
 * and create databases of their own on it. A DATABASE_URL of the developer's shell is replaced: tests never touch it.
 */
export default async function setUp() {
  const postgres = await startTemporaryPostgres();
  globalThis.threadlinePostgres = postgres;
  process.env.DATABASE_URL = postgres.url();
}
