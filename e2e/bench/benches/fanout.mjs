import { median, spread } from '../ground/figures.mjs';
import { atMost, holds, ratio } from '../ground/report.mjs';
import { allHeard, delaysSince, liveSides } from './live-sides.mjs';

const SCREENS = 1_000;
const PER_SECOND = 50;

export const title = `Fan-out, ${SCREENS} sockets, ${PER_SECOND} events a second`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const { leads, product, floor, end } = await liveSides(world, {
    screens: SCREENS,
    driver: 'sockets.driver',
    leads: 1,
  });
  const results = [[], []];
  const count = Math.floor((PER_SECOND * roundMs) / 1000);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, side] of [floor, product].entries()) {
      const result = await measure(side, {
        perSecond: PER_SECOND,
        count,
        workspaceId: product.workspaceId,
        lead: leads[0],
      });
      if (round > 0) results[index].push(result);
    }
  }
  const profile = await end();
  const [ofFloor, ofProduct] = results.map((list) => ({
    ...Object.fromEntries(['cpu', 'driver', 'p50', 'p99'].map((key) => [key, median(list.map((one) => one[key]))])),
    delivered: list.every(({ delivered }) => delivered),
    outOfOrder: list.reduce((sum, one) => sum + one.outOfOrder, 0),
  }));
  const row = (name, { cpu, driver, p50, p99 }) => ({ name, values: [cpu, driver, p50, p99] });
  return {
    columns: ['CPU µs/delivery', 'driver', 'p50 ms', 'p99 ms'],
    rows: [row('bare Socket.IO', ofFloor), row('product', ofProduct)],
    goals: [
      ratio('CPU a delivery, of bare Socket.IO', ofFloor.cpu, ofProduct.cpu, 0.85),
      atMost('p99, of the floor’s', ofProduct.p99 / ofFloor.p99, 1.5, 'times'),
      holds('all delivered, in order', ofProduct.delivered && ofProduct.outOfOrder === 0),
    ],
    stands:
      'two fifths are writing to the sockets, as in the floor; the rest is the commits and their reactions, which the floor does not have, and the look at how far each socket is behind.',
    profile,
  };
}

async function measure({ service, driver }, options) {
  await driver.ask('clear');
  await service.ask('stamps');
  const [before, driverBefore] = [await service.cpu(), await driver.cpu()];
  await service.ask('appendEvery', options);
  const { heard, outOfOrder, deliveries } = await allHeard(driver, options.count, SCREENS);
  const [after, driverAfter] = [await service.cpu(), await driver.cpu()];
  const { p50, p99 } = spread(delaysSince(await service.ask('stamps'), heard));
  return {
    cpu: (after - before) / deliveries,
    driver: (driverAfter - driverBefore) / deliveries,
    p50,
    p99,
    delivered: deliveries === options.count * SCREENS,
    outOfOrder,
  };
}
