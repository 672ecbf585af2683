import { medians } from '../ground/figures.mjs';
import { atMost } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';
import { reading } from './reading.mjs';

const DAYS = 90;
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export const title = `Dashboard of ${DAYS} days, beside a hand-written query of the roll-up`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const product = await world.startProduct();
  await world.product.query(
    `INSERT INTO analytics_days (workspace_id, day, channel, sent, delivered, bounced, opened, clicked, replied, received,
                                 opens_human, opens_machine, opens_unknown, clicks_human)
     SELECT $1, current_date - n, channel, 300 + n % 40, 290, 3, 120 + n % 9, 30, 12, 14, 160, 44, 9, 41
       FROM generate_series(0, 2 * $2::int) AS n, unnest(ARRAY['email', 'sms', 'whatsapp', 'webchat']) AS channel
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
    reading(world, product, `/api/dashboard/analytics/full?from=${day(DAYS - 1)}&to=${day(0)}`, ms, product.token),
  ]);
  const [ofFloor, ofProduct] = (await inTurn(world, sides, rounds)).map(medians);
  const profile = await world.stop(product.service);
  await Promise.all([floor.service, ...sides.map(({ driver }) => driver)].map((one) => world.stop(one)));
  return {
    columns: COST_COLUMNS,
    rows: [costRow('floor', ofFloor), costRow('product', ofProduct)],
    goals: [
      atMost('CPU end to end, of the floor’s', ofProduct.cpu / ofFloor.cpu, 3, 'times'),
      atMost('p50 end to end, of the floor’s', ofProduct.p50 / ofFloor.p50, 3, 'times'),
    ],
    stands:
      'not taken apart yet. It reads twice the days and makes a trend for each number, which the floor does not. Suspected: planning of three wide sums for every request.',
    profile,
  };
}
