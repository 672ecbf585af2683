import { randomBytes } from 'node:crypto';
import { medians, spread } from '../ground/figures.mjs';
import { atMost, holds, ratio } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';

const CONNECTIONS = 128;
const IDS = 20_000;
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Thunderbird/140.0',
  accept: 'image/*',
};
/** Requests a second when latency is looked at: far below what either side can do. */
const CALM = 1_000;

export const title = 'Tracked pixel, durable before the answer, 128 connections';

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const ids = Array.from({ length: IDS }, () => randomBytes(16).toString('base64url'));
  const [product, floor] = [await world.startProduct(), await world.startFloor('hits.floor')];
  const drivers = await Promise.all([
    ready(world, product.port, ids, '/api/outreach/track/'),
    ready(world, floor.port, ids, '/p/'),
  ]);
  const answered = [0, 0];
  const side = ({ service, port }, index) => ({
    service,
    run: async () => {
      const result = await drivers[index].ask('closed', {
        port,
        connections: CONNECTIONS,
        ms: roundMs,
        from: answered[index],
      });
      answered[index] += result.statuses[200] ?? 0;
      return result;
    },
    after: () => (index === 0 ? service.ask('settle') : undefined),
  });
  const [ofProduct, ofFloor] = (await inTurn(world, [side(product, 0), side(floor, 1)], rounds)).map(medians);
  const calm = [];
  for (const [index, { port }] of [product, floor].entries()) {
    const options = { port, connections: CONNECTIONS, perSecond: CALM, ms: roundMs, from: answered[index] };
    const result = await drivers[index].ask('open', options);
    answered[index] += result.statuses[200] ?? 0;
    calm[index] = spread(result.latencies);
  }
  const stored = await storedIn(world);
  const [profile] = await Promise.all([
    world.stop(product.service),
    world.stop(floor.service),
    ...drivers.map((one) => world.stop(one)),
  ]);
  return {
    columns: COST_COLUMNS,
    rows: [costRow('floor', ofFloor), costRow('product', ofProduct)],
    notes: [
      `At ${CALM} requests a second: floor p99 ${calm[1].p99.toFixed(1)} ms, product p99 ${calm[0].p99.toFixed(1)} ms.`,
    ],
    goals: [
      ratio('CPU, of the floor', ofFloor.cpu, ofProduct.cpu, 0.5),
      ratio('requests a second, of the floor', ofProduct.perSecond, ofFloor.perSecond, 0.5),
      atMost('p99 under full load', ofProduct.p99, 2 * ofFloor.p99),
      atMost('issue: tracked hit, durable, p99 at 128 concurrent', ofProduct.p99, 100),
      holds('every answered hit is stored, once', stored === answered[0], `${answered[0]} answered, ${stored} stored`),
    ],
    stands:
      'the hit is kept with all a verdict needs (network, signs, prefix), looked up for its message after the answer, and counted against limits.',
    profile,
  };
}

async function ready(world, port, ids, prefix) {
  const driver = world.startDriver('http.driver');
  await driver.ask('prepare', { port, headers: HEADERS, list: ids.map((id) => ({ path: prefix + id })) });
  return driver;
}

async function storedIn(world) {
  const { rows } = await world.product.query("SELECT count(*)::int AS stored FROM tracking_hits WHERE kind = 'open'");
  return rows[0].stored;
}
