import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Caller } from './caller';
import { World } from './world';

/** Requests under way at once, and altogether, in one round; and at most where they are to last until a kill. */
const CALLERS = 6;
const REQUESTS = 60;
const UNTIL_KILLED = 1_000;
/** The long form kills at more places. */
const PASSES = process.env.FAULTS === 'long' ? [5, 17, 40, 71, 90] : [30];

/** F01 to F08: what is killed where, and what the caller must find afterwards. */
const POINTS = [
  ['F01', 'pre_tx', 'before the transaction'],
  ['F02', 'post_state', 'after the state was written, before its event'],
  ['F03', 'pre_commit', 'after the event was written, before the commit'],
  ['F04', 'post_commit', 'after the commit, before the answer'],
  ['F05', 'relay_read', 'while the log is handed on'],
  ['F07', 'reaction_mid', 'in the middle of a reaction’s batch'],
] as const;

describe('kill -9', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.end());

  for (const [id, point, moment] of POINTS) {
    for (const pass of PASSES) {
      it(`${id}: ${moment} (pass ${pass}) loses nothing acknowledged and does nothing twice`, async () => {
        const first = await world.node();
        const ada = await Caller.register(first.url);
        await first.kill('SIGTERM');

        const doomed = await world.node(`${point}:${pass}`);
        ada.turnTo(doomed.url);
        await load(ada, UNTIL_KILLED, () => doomed.hasEnded);
        expect(await doomed.ended()).toBe('SIGKILL');
        const indeterminate = ada.journal.filter(({ status }) => status === undefined).length;
        expect(indeterminate).toBeGreaterThan(0);

        const healed = await world.node();
        ada.turnTo(healed.url);
        await ada.resolve();
        expect(ada.journal.every(({ status }) => status === 201)).toBe(true);
        const leads = await world.rows<{ id: string }>('SELECT id FROM leads ORDER BY id');
        expect(leads.map((lead) => lead.id)).toEqual(ada.journal.map(({ body }) => body.id).sort());
        expect(await world.torn()).toEqual([]);
        expect(await world.gaps()).toEqual([]);
        await projectionsAgree(world, ada);
      });
    }
  }
});

describe('kill -9 of the database', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.end());

  it('F09: the API answers 503 and not 500, keeps running, and every acknowledged row is there afterwards', async () => {
    const node = await world.node();
    const ada = await Caller.register(node.url);
    const loaded = load(ada, REQUESTS, () => false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    world.killDatabase();
    await loaded;
    await ada.resolve();
    expect(ada.journal.map(({ status }) => status)).toEqual(ada.journal.map(() => 201));
    expect(node.hasEnded).toBe(false);
    const leads = await world.rows<{ id: string }>('SELECT id FROM leads ORDER BY id');
    expect(leads.map((lead) => lead.id)).toEqual(ada.journal.map(({ body }) => body.id).sort());
    expect(await world.torn()).toEqual([]);
    expect(await world.gaps()).toEqual([]);
    await projectionsAgree(world, ada);
  });
});

/** Requests in a few lanes, until all are made or the node has ended. */
async function load(caller: Caller, requests: number, stop: () => boolean): Promise<void> {
  let left = requests;
  const lane = async () => {
    while (left-- > 0 && !stop()) await caller.createLead();
  };
  await Promise.all(Array.from({ length: CALLERS }, lane));
}

/** I7: what the reactions made of the log is what a count of the rows says. */
async function projectionsAgree(world: World, ada: Caller): Promise<void> {
  await world.eventually(
    `SELECT 1 FROM workspace_heads h WHERE h.workspace_id = $1 AND NOT EXISTS (
       SELECT 1 FROM reaction_cursors c WHERE c.workspace_id = h.workspace_id AND c.seq < h.seq)
       AND EXISTS (SELECT 1 FROM reaction_cursors c WHERE c.workspace_id = h.workspace_id)`,
    [ada.session.workspace.id],
  );
  const stats = await ada.get<{ totalLeads: number }>('/api/dashboard/stats');
  expect(stats.totalLeads).toBe(ada.journal.length);
}
