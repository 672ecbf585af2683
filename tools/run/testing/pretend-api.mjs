// Stands in for the API in the starter's own tests: counts its starts in the database, and keeps the convention that
// SIGTERM asks it to end, and that it ends by itself when the starter is gone.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';

const { DATABASE_URL, DATA_DIR, HOST, PORT, PRETEND } = process.env;
process.once('disconnect', () => process.exit(0));
if (PRETEND === 'wrong config') {
  process.stderr.write('SMTP_URL must start with smtp://.\n');
  process.exit(78);
}

const pool = new pg.Pool({ connectionString: DATABASE_URL });
pool.on('error', () => undefined); // the next query says so
await pool.query('create table if not exists starts (at timestamptz default now())');
await pool.query('insert into starts default values');

process.once('SIGTERM', async () => {
  const { rows } = await pool.query('select count(*)::int as starts from starts');
  appendFileSync(join(DATA_DIR, 'goodbye'), `${rows[0].starts} starts\n`);
  process.exit(0);
});

createServer((request, answer) => {
  if (request.url === '/hang') for (;;);
  pool.query('select count(*)::int as starts from starts').then(
    ({ rows }) => answer.end(JSON.stringify(rows[0])),
    () => answer.writeHead(503).end(),
  );
}).listen(Number(PORT), HOST);
