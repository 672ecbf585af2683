import { spread } from './figures.mjs';

/**
 * Floor and product in turn, so that what else the machine does falls on both. Each side is `{service, run}`; a round
 * gives what it cost: CPU of the process, of the database and of the driver per request, requests a second, latencies.
 * The first round warms up and is thrown away.
 */
export async function inTurn(world, sides, rounds) {
  const results = sides.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const result = await measure(world, side, round === 0);
      if (round > 0) results[index].push(result);
      await side.after?.();
    }
  }
  return results;
}

async function measure(world, { service, run }, warmingUp) {
  const [before, databaseBefore] = [await service.cpu(), world.databaseCpu()];
  const { count, ms, latencies, cpu = 0 } = await run(warmingUp);
  const [after, databaseAfter] = [await service.cpu(), world.databaseCpu()];
  const { p50, p99 } = spread(latencies);
  const own = (after - before) / count;
  const database = (databaseAfter - databaseBefore) / count;
  return { cpu: own + database, own, database, driver: cpu / count, perSecond: (count * 1000) / ms, p50, p99 };
}

export const COST_COLUMNS = ['CPU µs/req', 'process', 'database', 'driver', 'req/s', 'p50 ms', 'p99 ms'];

/** A row of the table, in the order of COST_COLUMNS. */
export function costRow(name, { cpu, own, database, driver, perSecond, p50, p99 }) {
  return { name, values: [cpu, own, database, driver, perSecond, p50, p99] };
}
