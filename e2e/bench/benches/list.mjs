import { request } from 'undici';
import { medians } from '../ground/figures.mjs';
import { atMost, ratio } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';
import { reading } from './reading.mjs';

const LEADS = 100_000;
const PAGE = 50;
const FAR = 1_000;

export const title = `List of ${PAGE} from ${LEADS.toLocaleString('en-GB')} leads, at page 1 and at page ${FAR.toLocaleString('en-GB')}`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const product = await world.startProduct();
  await fill(world, product.workspaceId);
  const floor = await world.startFloor('rows.floor', {
    productUrl: world.postgres.url('product'),
    workspaceId: product.workspaceId,
  });
  const cursor = await cursorOf(product, (FAR - 1) * PAGE);
  const { at, id } = await positionOf(world, product.workspaceId, (FAR - 1) * PAGE);
  const ms = Math.ceil(roundMs / 2);
  const sides = await Promise.all([
    reading(world, floor, '/leads', ms),
    reading(world, product, `/api/leads?limit=${PAGE}`, ms, product.token),
    reading(world, floor, `/leads?at=${encodeURIComponent(at)}&id=${id}`, ms),
    reading(world, product, `/api/leads?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`, ms, product.token),
  ]);
  const [floorFirst, first, floorFar, far] = (await inTurn(world, sides, rounds)).map(medians);
  const profile = await world.stop(product.service);
  await Promise.all([floor.service, ...sides.map(({ driver }) => driver)].map((one) => world.stop(one)));
  return {
    columns: COST_COLUMNS,
    rows: [
      costRow('page 1: floor', floorFirst),
      costRow('page 1: product', first),
      costRow(`page ${FAR}: floor`, floorFar),
      costRow(`page ${FAR}: product`, far),
    ],
    goals: [
      ratio('page 1: requests a second, of the floor', first.perSecond, floorFirst.perSecond, 0.5),
      ratio('page 1: CPU, of the floor', floorFirst.cpu, first.cpu, 0.5),
      ratio(`page ${FAR}: requests a second, of the floor`, far.perSecond, floorFar.perSecond, 0.5),
      atMost(`page ${FAR} costs what page 1 does, CPU`, far.cpu / first.cpu, 1.2, 'times'),
    ],
    stands:
      'tenant and snapshot are two statements and a round trip more than the floor has; in the process checks of the query by classes, the security headers and the seal of the cursor, beside the rows themselves.',
    profile,
  };
}

async function fill(world, workspaceId) {
  const client = await world.product.connect();
  try {
    // Without triggers: the search's table has no part in a list that is not searched.
    await client.query("SET session_replication_role = 'replica'");
    await client.query(
      `INSERT INTO leads (workspace_id, id, name, email, company, title, status, tags, created_at, updated_at, last_activity_at)
       SELECT $1, gen_random_uuid(), 'Lead ' || n, 'lead.' || n || '@example.com', 'Company ' || n % 997, 'Director',
              (ARRAY['new', 'contacted', 'qualified', 'converted', 'lost'])[1 + n % 5], ARRAY['tag ' || n % 7],
              now() - n * interval '7 seconds', now(), now() - n * interval '3 seconds'
         FROM generate_series(1, $2) AS n`,
      [workspaceId, LEADS],
    );
    await client.query("SET session_replication_role = 'origin'");
    await client.query('ANALYZE leads');
  } finally {
    client.release();
  }
}

/** The cursor behind so many leads, walked to as a client does. */
async function cursorOf({ port, token }, rows) {
  let cursor = '';
  for (let left = rows; left > 0;) {
    const limit = Math.min(left, 200);
    const url = `http://127.0.0.1:${port}/api/leads?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await request(url, { headers: { authorization: `Bearer ${token}` } });
    cursor = (await body.json()).nextCursor;
    left -= limit;
  }
  return cursor;
}

async function positionOf(world, workspaceId, rows) {
  const { rows: found } = await world.product.query(
    `SELECT created_at::text AS at, id FROM leads WHERE workspace_id = $1 ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT 1`,
    [workspaceId, rows - 1],
  );
  return found[0];
}
