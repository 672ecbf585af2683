// What the least could be: an outbox table, claimed by SKIP LOCKED in batches of 50, sent by undici's `request` over
// connections that are kept, with a signature; the rows and an attempt for each written down in one statement.
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { Agent, request } from 'undici';
import { v7 } from 'uuid';
import { answering, now } from '../ground/answering.mjs';

const CLAIM = `UPDATE outbox o SET state = 'claimed', lease_until = now() + interval '1 minute'
  FROM (SELECT id FROM outbox WHERE state = 'pending' ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED) p
  WHERE o.id = p.id RETURNING o.id, o.url, o.body`;
const RECORD = `WITH done AS (UPDATE outbox o SET state = 'sent' FROM unnest($1::uuid[]) AS d (id) WHERE o.id = d.id)
  INSERT INTO attempts (outbox_id, at, status, body) SELECT id, now(), status, body FROM unnest($1::uuid[], $2::int[], $3::text[]) AS a (id, status, body)`;

const key = Buffer.alloc(32, 7);
const dispatcher = new Agent({ connections: 50 });
let pool;

answering({
  async serve({ databaseUrl }) {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    await pool.query(`DROP TABLE IF EXISTS attempts, outbox;
      CREATE TABLE outbox (id uuid PRIMARY KEY, url text NOT NULL, body text NOT NULL, state text NOT NULL, lease_until timestamptz);
      CREATE INDEX outbox_pending ON outbox (id) WHERE state = 'pending';
      CREATE TABLE attempts (outbox_id uuid NOT NULL, at timestamptz NOT NULL, status int, body text)`);
  },
  async send({ count, url, body }) {
    const begun = now();
    await pool.query(
      `INSERT INTO outbox (id, url, body, state) SELECT id, $2, $3, 'pending' FROM unnest($1::uuid[]) AS i (id)`,
      [Array.from({ length: count }, () => v7()), url, body],
    );
    await Promise.all([work(), work()]);
    return { ms: now() - begun };
  },
});

async function work() {
  for (;;) {
    const { rows } = await pool.query({ name: 'claim', text: CLAIM });
    if (rows.length === 0) return;
    const answers = await Promise.all(rows.map(post));
    await pool.query({
      name: 'record',
      text: RECORD,
      values: [rows.map(({ id }) => id), answers.map(({ status }) => status), answers.map(({ text }) => text)],
    });
  }
}

async function post({ id, url, body }) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const { statusCode, body: answer } = await request(url, {
    dispatcher,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  return { status: statusCode, text: await answer.text() };
}
