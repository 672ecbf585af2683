import { median, spread } from '../ground/figures.mjs';
import { atMost, holds } from '../ground/report.mjs';
import { allHeard, delaysSince, liveSides } from './live-sides.mjs';

const SCREENS = 100;
const PER_SECOND = 200;
const LEADS = 100;

export const title = `Commit to client, ${PER_SECOND} commits a second over HTTP, ${SCREENS} sockets`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const { leads, product, floor, end } = await liveSides(world, {
    screens: SCREENS,
    driver: 'screens.driver',
    leads: LEADS,
  });
  const sides = [
    { ...floor, writer: await writer(world, floor.port, '/leads/', leads) },
    { ...product, writer: await writer(world, product.port, '/api/leads/', leads, product.token) },
  ];
  const results = sides.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const result = await measure(world, side, roundMs);
      if (round > 0) results[index].push(result);
    }
  }
  await Promise.all(sides.map(({ writer: one }) => world.stop(one)));
  const profile = await end();
  const [ofFloor, ofProduct] = results.map((list) => ({
    ...Object.fromEntries(
      ['cpu', 'p50', 'p99', 'answer', 'afterAnswer'].map((key) => [key, median(list.map((one) => one[key]))]),
    ),
    complete: list.every(({ complete }) => complete),
    outOfOrder: list.reduce((sum, one) => sum + one.outOfOrder, 0),
  }));
  const row = (name, { cpu, p50, p99, answer, afterAnswer }) => ({
    name,
    values: [cpu, p50, p99, answer, afterAnswer],
  });
  return {
    columns: ['CPU µs/commit', 'p50 ms', 'p99 ms', 'answer p50 ms', 'event − answer p50 ms'],
    rows: [row('floor', ofFloor), row('product', ofProduct)],
    notes: ['p50 and p99: from the commit to each of the screens, fan-out and the driver’s reading included.'],
    goals: [
      atMost('p50, of the floor’s', ofProduct.p50 / ofFloor.p50, 1.5, 'times'),
      atMost('p99, of the floor’s', ofProduct.p99 / ofFloor.p99, 2, 'times'),
      atMost('event minus answer, p50', ofProduct.afterAnswer, 1),
      holds('every event on every screen, in order', ofProduct.complete && ofProduct.outOfOrder === 0),
      atMost(`issue: committed to visible, p99 at ${SCREENS} sockets`, ofProduct.p99, 100),
    ],
    stands:
      'writing to a hundred sockets is about a third of the process, as in the floor, and half of the screens are always written to after the median one. A commit is loading and saving by TypeORM and two round trips where the floor has one statement; PostgreSQL chains an audit entry with it; and reactions take its events in units of work of their own, gathered for 25 ms.',
    profile,
  };
}

async function writer(world, port, prefix, leads, token) {
  const driver = world.startDriver('http.driver');
  const list = leads.flatMap(({ id }, n) =>
    [0, 1].map((turn) => ({ method: 'PATCH', path: prefix + id, body: { title: `Title ${n} ${turn}` } })),
  );
  // Each lead in turn, so that neighbours do not wait for each other's row.
  list.sort((a, b) => a.body.title.slice(-1).localeCompare(b.body.title.slice(-1)));
  await driver.ask('prepare', { port, list, headers: token ? { authorization: `Bearer ${token}` } : {} });
  return driver;
}

async function measure(world, { service, driver, writer: http, port }, ms) {
  await driver.ask('clear');
  await service.ask('stamps');
  const before = (await service.cpu()) + world.databaseCpu();
  const { statuses, latencies, answeredAt, count } = await http.ask('open', {
    port,
    connections: 32,
    perSecond: PER_SECOND,
    ms,
  });
  const after = (await service.cpu()) + world.databaseCpu();
  if (statuses[200] !== count) throw new Error(`Not every change was made: ${JSON.stringify(statuses)}`);
  const { heard, outOfOrder, deliveries } = await allHeard(driver, count, SCREENS);
  const stamps = await service.ask('stamps');
  const { p50, p99 } = spread(delaysSince(stamps, heard));
  return {
    cpu: (after - before) / count,
    p50,
    p99,
    answer: spread(latencies).p50,
    afterAnswer: spread(afterAnswers(stamps, heard, answeredAt)).p50,
    complete: deliveries === count * SCREENS,
    outOfOrder,
  };
}

/**
 * Answers and commits both stand in their order, and at this rate an answer follows its commit before the next commit
 * is answered; the n-th of the one is taken for the n-th of the other.
 */
function afterAnswers(stamps, heard, answeredAt) {
  const seqs = stamps.map(([seq]) => seq).sort((a, b) => a - b);
  const answers = Float64Array.from(answeredAt).sort();
  const bySeq = new Map(heard);
  return seqs.flatMap((seq, n) => Array.from(bySeq.get(seq) ?? [], (time) => time - answers[n]));
}
