import { v7 } from 'uuid';
import { medians } from '../ground/figures.mjs';
import { atMost, ratio } from '../ground/report.mjs';
import { inTurn } from '../ground/rounds.mjs';

const LEAD = {
  id: v7(),
  ...{ name: 'Lin Example', email: 'lin@example.com', phone: null, company: 'Example', title: 'Director' },
  ...{ status: 'new', tags: ['spring'], customFields: {}, ownerId: null },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', lastActivityAt: null },
};

const CASES = [
  { name: 'one workspace, 1 caller', workspaces: 1, callers: 1 },
  { name: 'one workspace, 32 callers', workspaces: 1, callers: 32 },
  { name: '100 workspaces, 32 callers', workspaces: 100, callers: 32 },
];

export const title = 'Event append through the unit of work, isolation on; reactions in another process';

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const workspaces = Array.from({ length: 100 }, () => v7());
  const product = await world.startProduct({ ROLE: 'http' });
  await world.product.query(
    `WITH made AS (INSERT INTO workspaces (workspace_id, name, created_at) SELECT unnest($1::uuid[]), 'Bench', now() RETURNING workspace_id)
     INSERT INTO workspace_heads (workspace_id) SELECT workspace_id FROM made`,
    [workspaces],
  );
  const floor = await world.startFloor('append.floor', { workspaces });
  const rows = [];
  const found = {};
  for (const { name, workspaces: count, callers } of CASES) {
    const options = { workspaces: workspaces.slice(0, count), callers, ms: Math.ceil(roundMs / 2), lead: LEAD };
    const side = ({ service }, more = {}) => ({
      service,
      run: async () => {
        const result = await service.ask('append', { ...options, ...more });
        return { ...result, count: result.latencies.length };
      },
    });
    const sides = [side(floor, { kind: 'plain' }), side(floor, { kind: 'lane' }), side(product)];
    const [plain, lane, ours] = (await inTurn(world, sides, rounds)).map(medians);
    found[name] = { plain, lane, ours };
    for (const [kind, { cpu, own, database, perSecond, p50, p99 }] of Object.entries({ plain, lane, product: ours })) {
      rows.push({ name: `${name}: ${kind}`, values: [cpu, own, database, perSecond, p50, p99] });
    }
  }
  const profile = await world.stop(product.service);
  await world.stop(floor.service);
  const [one, hot, many] = CASES.map(({ name }) => found[name]);
  return {
    columns: ['CPU µs/event', 'process', 'database', 'events/s', 'p50 ms', 'p99 ms'],
    rows,
    goals: [
      ratio('100 workspaces: events a second, of the lane', many.ours.perSecond, many.lane.perSecond, 0.5),
      ratio('100 workspaces: CPU, of the lane', many.lane.cpu, many.ours.cpu, 0.5),
      ratio('one hot workspace: events a second, of the lane', hot.ours.perSecond, hot.lane.perSecond, 0.3),
      atMost(
        'one hot workspace: 32 callers are not slower than 1',
        one.ours.perSecond / hot.ours.perSecond,
        1,
        'times',
      ),
    ],
    stands:
      'each unit of work is a transaction of its own (BEGIN and tenant, append and COMMIT: two round trips and a flush), where the lane puts all that wait into one statement; hot paths append many events in one unit of work.',
    profile,
  };
}
