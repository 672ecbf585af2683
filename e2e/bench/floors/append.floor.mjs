// What the least could be: plain inserts with a number from a sequence; and the "lane", where all events of a workspace
// that wait go in one statement, which also counts them.
import pg from 'pg';
import { v7 } from 'uuid';
import { answering, now } from '../ground/answering.mjs';

const PLAIN = 'INSERT INTO plain_events (workspace_id, id, type, data) VALUES ($1, $2, $3, $4)';
const LANE = `
  WITH head AS (UPDATE heads SET seq = seq + $2 WHERE workspace_id = $1 RETURNING seq - $2 AS base)
  INSERT INTO lane_events (workspace_id, seq, id, type, data)
  SELECT $1, head.base + e.n, e.id, e.type, e.data
    FROM head, unnest($3::uuid[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS e (id, type, data, n)`;

let pool;
const lanes = new Map();

answering({
  async serve({ databaseUrl, workspaces }) {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
    await pool.query(`DROP TABLE IF EXISTS heads, plain_events, lane_events;
      CREATE TABLE heads (workspace_id uuid PRIMARY KEY, seq bigint NOT NULL) WITH (fillfactor = 50);
      CREATE TABLE plain_events (workspace_id uuid, seq bigserial, id uuid NOT NULL, type text NOT NULL,
        data jsonb NOT NULL, PRIMARY KEY (workspace_id, seq));
      CREATE TABLE lane_events (workspace_id uuid, seq bigint, id uuid NOT NULL, type text NOT NULL,
        data jsonb NOT NULL, PRIMARY KEY (workspace_id, seq))`);
    await pool.query('INSERT INTO heads SELECT unnest($1::uuid[]), 0', [workspaces]);
  },
  append,
});

async function append({ kind, workspaces, callers, ms, lead }) {
  const data = JSON.stringify({ lead, changed: ['title'] });
  const one = kind === 'lane' ? laneInsert : plainInsert;
  const begun = now();
  const latencies = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (now() - begun < ms) {
        const at = now();
        await one(workspaces[next++ % workspaces.length], data);
        latencies.push(now() - at);
      }
    }),
  );
  return { latencies: Float64Array.from(latencies), ms: now() - begun };
}

function plainInsert(workspaceId, data) {
  return pool.query({ name: 'plain', text: PLAIN, values: [workspaceId, v7(), 'lead.updated', data] });
}

function laneInsert(workspaceId, data) {
  return new Promise((resolve, reject) => {
    let lane = lanes.get(workspaceId);
    if (!lane) lanes.set(workspaceId, (lane = { waiting: [], sending: false }));
    lane.waiting.push({ data, resolve, reject });
    if (!lane.sending) void drain(workspaceId, lane);
  });
}

async function drain(workspaceId, lane) {
  lane.sending = true;
  while (lane.waiting.length > 0) {
    const batch = lane.waiting;
    lane.waiting = [];
    const values = [
      workspaceId,
      batch.length,
      batch.map(() => v7()),
      batch.map(() => 'lead.updated'),
      batch.map(({ data }) => data),
    ];
    await pool.query({ name: 'lane', text: LANE, values }).then(
      () => batch.forEach(({ resolve }) => resolve()),
      (error) => batch.forEach(({ reject }) => reject(error)),
    );
  }
  lane.sending = false;
}
