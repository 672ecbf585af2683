import { randomBytes } from 'node:crypto';
import { medians } from '../ground/figures.mjs';
import { atMost, holds, ratio } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';

const CONNECTIONS = 128;
const IDS = 10_000;
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: 'text/html',
  'accept-language': 'en',
};

export const title = 'Click redirect, sealed, durable before the answer, 128 connections';

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const links = Array.from({ length: IDS }, (_, n) => ({
    trackingId: randomBytes(16).toString('base64url'),
    url: `https://www.example.com/offers/spring?page=${n}&from=mail`,
  }));
  const [product, floor] = [await world.startProduct(), await world.startFloor('hits.floor')];
  const sealed = await product.service.ask('seal', { links });
  const paths = {
    product: links.map(({ trackingId }, n) => `/api/outreach/click/${trackingId}?l=${sealed[n]}`),
    floor: await floor.service.ask('sign', { links }),
  };
  const counted = { 302: 0 };
  const sides = await Promise.all([
    side(world, product, paths.product, roundMs, counted),
    side(world, floor, paths.floor, roundMs),
    side(world, product, paths.product.map(altered), roundMs, counted),
    side(world, floor, paths.floor.map(altered), roundMs),
  ]);
  for (const each of sides.slice(0, 1)) each.after = () => product.service.ask('settle');
  const [ofProduct, ofFloor, productAltered, floorAltered] = (await inTurn(world, sides, rounds)).map(medians);
  const [{ stored }] = (
    await world.product.query("SELECT count(*)::int AS stored FROM tracking_hits WHERE kind = 'click'")
  ).rows;
  const [profile] = await Promise.all([product, floor].map(({ service }) => world.stop(service)));
  await Promise.all(sides.map(({ driver }) => world.stop(driver)));
  return {
    columns: COST_COLUMNS,
    rows: [
      costRow('floor', ofFloor),
      costRow('product', ofProduct),
      costRow('floor, altered', floorAltered),
      costRow('product, altered', productAltered),
    ],
    goals: [
      ratio('CPU, of the floor', ofFloor.cpu, ofProduct.cpu, 0.5),
      ratio('requests a second, of the floor', ofProduct.perSecond, ofFloor.perSecond, 0.5),
      atMost('p99 under full load', ofProduct.p99, 2 * ofFloor.p99),
      atMost('issue: tracked hit, durable, p99 at 128 concurrent', ofProduct.p99, 100),
      atMost(
        'altered tickets are answered as fast: p50, of a good one’s',
        productAltered.p50 / ofProduct.p50,
        1,
        'times',
      ),
      holds(
        'every redirected click is stored, once',
        stored === counted[302],
        `${counted[302]} redirected, ${stored} stored`,
      ),
      holds('no altered ticket is redirected', sides[2].statuses[302] === undefined, JSON.stringify(sides[2].statuses)),
    ],
    stands:
      'AES-256-GCM and the check of the link, beside what the pixel does too. An altered ticket is answered with a page of ' +
      '1 kB instead of headers alone, and all by one process, while a good one leaves part of its time to the database: ' +
      'with an empty page its p50 is 1.06 of a good one’s.',
    profile,
  };
}

async function side(world, { service, port }, paths, ms, counted) {
  const driver = world.startDriver('http.driver');
  await driver.ask('prepare', { port, headers: HEADERS, list: paths.map((path) => ({ path })) });
  const statuses = {};
  let from = 0;
  return {
    service,
    driver,
    statuses,
    run: async () => {
      const result = await driver.ask('closed', { port, connections: CONNECTIONS, ms, from });
      from = result.next;
      for (const [status, count] of Object.entries(result.statuses)) {
        statuses[status] = (statuses[status] ?? 0) + count;
        if (counted && status in counted) counted[status] += count;
      }
      return result;
    },
  };
}

/** One letter of the seal is another. */
function altered(path) {
  const at = path.length - 12;
  return path.slice(0, at) + (path[at] === 'A' ? 'B' : 'A') + path.slice(at + 1);
}
