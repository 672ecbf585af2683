import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook as Verifier } from 'standardwebhooks';
import { Caller } from './caller';
import { World } from './world';

/** Requests under way at once, and altogether, in one round. */
const CALLERS = 4;
const REQUESTS = 40;

/** F05, F06: what is killed where on an event's way to a receiver. The long form kills at more places. */
const POINTS = [
  ['F05', 'relay_read', 'while the log is handed on', [20, 5, 35]],
  ['F05', 'reaction_mid', 'while deliveries are put into the ledger', [10, 3, 25]],
  ['F05', 'webhook_claimed', 'after the claim, before the receiver heard of it', [2, 1, 4]],
  ['F06', 'webhook_answered', 'after the receiver’s 2xx, before it was noted', [7, 1, 20]],
] as const;

interface Hit {
  id: string;
  timestamp: string;
  body: string;
  headers: Record<string, string>;
}

describe('kill -9 on the way to a receiver', () => {
  let world: World;
  let receiver: Server;
  let url: string;
  const hits: Hit[] = [];

  beforeEach(async () => {
    world = await World.make();
    hits.length = 0;
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = request.headers as Record<string, string>;
        const body = Buffer.concat(chunks).toString();
        hits.push({ id: headers['webhook-id'] ?? '', timestamp: headers['webhook-timestamp'] ?? '', body, headers });
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await new Promise<void>((resolve) => receiver.close(() => resolve()));
    await world.end();
  });

  for (const [fault, point, moment, passes] of POINTS) {
    for (const pass of process.env.FAULTS === 'long' ? passes : passes.slice(0, 1)) {
      it(`${fault}: ${moment} (pass ${pass}): every event arrives, with one id and the same bytes`, async () => {
        const first = await world.node();
        const ada = await Caller.register(first.url);
        const hook = await ada.post<{ id: string; secret: string }>('/api/webhooks', {
          url,
          eventTypes: ['lead.created'],
        });
        expect(hook.status).toBe(201);
        await first.kill('SIGTERM');

        const doomed = await world.node(`${point}:${pass}`);
        ada.turnTo(doomed.url);
        await load(ada, () => doomed.hasEnded);
        expect(await doomed.ended()).toBe('SIGKILL');
        const before = hits.length;

        const healed = await world.node();
        ada.turnTo(healed.url);
        await ada.resolve();
        // The lease of the dead process runs out; nobody need wait for it here.
        await world.rows(
          `UPDATE webhook_deliveries SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`,
        );
        await world.eventually(
          `SELECT 1 WHERE (SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered')
                        = (SELECT count(*) FROM events WHERE type = 'lead.created')`,
        );
        const log = await world.rows<{ id: string }>(`SELECT id FROM events WHERE type = 'lead.created'`);
        const bodies = new Map<string, Set<string>>();
        for (const { id, body } of hits) bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
        expect([...bodies.keys()].sort()).toEqual(log.map(({ id }) => id).sort());
        expect([...bodies.values()].every(({ size }) => size === 1)).toBe(true);
        const verifier = new Verifier(hook.body.secret);
        for (const { body, headers } of hits) expect(verifier.verify(body, headers)).toEqual(JSON.parse(body));
        if (point === 'webhook_answered') {
          const told = new Set(hits.slice(0, before).map(({ id }) => id));
          const again = hits.slice(before).filter(({ id }) => told.has(id));
          expect(again.length).toBeGreaterThan(0);
          const earlier = new Map(hits.slice(0, before).map(({ id, timestamp }) => [id, timestamp]));
          for (const { id, timestamp } of again) expect(Number(timestamp)).toBeGreaterThan(Number(earlier.get(id)));
        }
        expect(await world.gaps()).toEqual([]);
      });
    }
  }
});

/** Requests in a few lanes, until all are made or the node has ended. */
async function load(caller: Caller, stop: () => boolean): Promise<void> {
  let left = REQUESTS;
  const lane = async () => {
    while (left-- > 0 && !stop()) await caller.createLead();
  };
  await Promise.all(Array.from({ length: CALLERS }, lane));
}
