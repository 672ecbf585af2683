import { medians } from '../ground/figures.mjs';
import { atMost } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';
import { reading } from './reading.mjs';

const DAYS = 90;
/** More than the product keeps answers of. */
const PERIODS = 600;
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export const title = `Dashboard of ${DAYS} days, beside a hand-written query of the roll-up`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const product = await world.startProduct();
  await world.product.query(
    `INSERT INTO analytics_days (workspace_id, day, channel, sent, delivered, bounced, opened, clicked, replied, received,
                                 opens_human, opens_machine, opens_unknown, clicks_human)
     SELECT $1, current_date - n, channel, 300 + n % 40, 290, 3, 120 + n % 9, 30, 12, 14, 160, 44, 9, 41
       FROM generate_series(0, 2 * $2::int + 40) AS n, unnest(ARRAY['email', 'sms', 'whatsapp', 'webchat']) AS channel
     ON CONFLICT DO NOTHING`,
    [product.workspaceId, DAYS],
  );
  const productUrl = world.postgres.url('product');
  const floor = await world.startFloor('rows.floor', {
    productUrl,
    workspaceId: product.workspaceId,
    since: day(DAYS - 1),
  });
  const ms = Math.ceil(roundMs / 2);
  const sides = await Promise.all([
    reading(world, floor, '/days', ms),
    reading(world, product, period(0, 0), ms, product.token),
    reading(
      world,
      product,
      Array.from({ length: PERIODS }, (_, n) => period(n % 25, Math.floor(n / 25))),
      ms,
      product.token,
    ),
  ]);
  const [ofFloor, ofProduct, anew] = (await inTurn(world, sides, rounds)).map(medians);
  const profile = await world.stop(product.service);
  await Promise.all([floor.service, ...sides.map(({ driver }) => driver)].map((one) => world.stop(one)));
  return {
    columns: COST_COLUMNS,
    rows: [costRow('floor', ofFloor), costRow('nothing new since', ofProduct), costRow('each anew', anew)],
    notes: ['Each anew: a period that the process has not kept, as after each event that is counted.'],
    goals: [
      atMost('CPU end to end, of the floor’s', ofProduct.cpu / ofFloor.cpu, 3, 'times'),
      atMost('p50 end to end, of the floor’s', ofProduct.p50 / ofFloor.p50, 3, 'times'),
      atMost('each anew: CPU end to end, of the floor’s', anew.cpu / ofFloor.cpu, 3, 'times'),
      atMost('each anew: p50 end to end, of the floor’s', anew.p50 / ofFloor.p50, 3, 'times'),
    ],
    stands:
      'anew, it reads twice the days, eleven sums where the floor has seven, and the standing totals, and makes a trend for each of ten numbers; the snapshot and the tenant take a round trip more.',
    profile,
  };
}

/** About as many days, ending so many days ago, and a few more at its start. */
function period(ago, more) {
  return `/api/dashboard/analytics/full?from=${day(DAYS - 1 + ago + more)}&to=${day(ago)}`;
}
