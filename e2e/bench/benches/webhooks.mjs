import { request } from 'undici';
import { v7 } from 'uuid';
import { medians, spread } from '../ground/figures.mjs';
import { atMost, ratio } from '../ground/report.mjs';
import { costRow, inTurn } from '../ground/rounds.mjs';

const ENDPOINTS = 20;
const LEAD = {
  id: v7(),
  ...{ name: 'Lin Example', email: 'lin@example.com', phone: null, company: 'Example', title: 'Director' },
  ...{ status: 'new', tags: ['spring'], customFields: {}, ownerId: null },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', lastActivityAt: null },
};

export const title = `Webhooks to ${ENDPOINTS} endpoints: rows, bodies and attempts recorded, signed; and one in ten that hangs`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { rounds, quick }) {
  const receiver = world.startDriver('receiver.driver');
  const ports = await receiver.ask('serve');
  const product = await world.startProduct({ OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' });
  const floor = await world.startFloor('webhooks.floor');
  const events = quick ? 50 : 200;
  const hooks = [];
  for (let n = 0; n < ENDPOINTS; n++) {
    hooks.push(await call(product, 'POST', '/api/webhooks', hookTo(ports.quick, n)));
  }
  const count = events * ENDPOINTS;
  const body = JSON.stringify({ id: v7(), seq: 1, type: 'lead.updated', data: { lead: LEAD, changed: ['title'] } });
  const sides = [
    {
      service: floor.service,
      run: () => timed(receiver, count, () => floor.service.ask('send', { count, url: urlOf(ports.quick), body })),
    },
    { service: product.service, run: () => timed(receiver, count, () => append(product, events)) },
  ];
  const [least, ours] = (await inTurn(world, sides, rounds)).map(medians);

  const lag = await firstAttempts(product, receiver, quick ? 60 : 200);
  const fair = await beside(product, receiver, { hooks, ports, events, rounds });
  const profile = await world.stop(product.service);
  await Promise.all([floor.service, receiver].map((service) => world.stop(service)));
  return {
    columns: ['CPU µs/delivery', 'process', 'database', 'receiver', 'deliveries/s', 'p50 ms', 'p99 ms'],
    rows: [
      costRow('floor: outbox, SKIP LOCKED, undici', least),
      costRow('product: event appended, fanned out, sent', ours),
      { name: 'product: event → first attempt, 20 events/s', values: ['', '', '', '', '', lag.p50, lag.p99] },
    ],
    notes: ['The product’s figures hold the append and the fan-out too; the floor’s, the insert of its rows.'],
    goals: [
      ratio('deliveries a second, of the floor', ours.perSecond, least.perSecond, 0.5),
      ratio('CPU, of the floor', least.cpu, ours.cpu, 0.5),
      atMost('event → first attempt, p99', lag.p99, 250),
      ratio('healthy receivers while a tenth hang, of their throughput alone', fair.hanging, fair.alone, 0.9),
    ],
    stands:
      'every attempt looks its name up, judges every address and is kept with its headers and answer; and a delivery and its attempt stand in seven indexes and hold two foreign keys, where the floor’s rows have two and none.',
    profile,
  };
}

const urlOf = (port, n = 0) => `http://127.0.0.1:${port}/${n}`;
const hookTo = (port, n) => ({ url: urlOf(port, n), eventTypes: ['lead.updated'] });

async function call({ port, token }, method, path, body) {
  const answer = await request(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${path} answered ${answer.statusCode}: ${await answer.body.text()}`);
  return answer.body.json();
}

/** From the first row to the last answer. */
async function timed(receiver, count, work) {
  await receiver.ask('forget');
  const begun = Number(process.hrtime.bigint()) / 1e6;
  const all = receiver.ask('until', { count });
  await work();
  return { count, ms: (await all) - begun, latencies: [] };
}

const append = ({ service, workspaceId }, count) => service.ask('appendMany', { workspaceId, count, lead: LEAD });

/** Milliseconds from the commit of an event to the receiver's hearing of it, at twenty a second, four hundred deliveries. */
async function firstAttempts({ service, workspaceId }, receiver, count) {
  await service.ask('settle');
  await service.ask('stamps');
  await receiver.ask('forget');
  await service.ask('appendEvery', { workspaceId, perSecond: 20, count, lead: LEAD });
  await service.ask('settle');
  const heard = new Map(await receiver.ask('heard'));
  const stamps = await service.ask('stamps');
  return spread(stamps.flatMap(([seq, at]) => (heard.has(seq) ? [heard.get(seq) - at] : [])));
}

/** Deliveries a second to those that answer, alone and beside a tenth that hang. */
async function beside(product, receiver, { hooks, ports, events, rounds }) {
  const hung = hooks.slice(0, ENDPOINTS / 10);
  const count = events * (ENDPOINTS - hung.length);
  const perSecond = { alone: [], hanging: [] };
  for (const { id } of hung) await call(product, 'PATCH', `/api/webhooks/${id}`, { url: urlOf(ports.hanging) });
  for (let round = 0; round < rounds; round++) {
    for (const which of ['alone', 'hanging']) {
      for (const { id } of hung) await call(product, 'PATCH', `/api/webhooks/${id}`, { enabled: which === 'hanging' });
      const { ms } = await timed(receiver, count, () => append(product, events));
      perSecond[which].push((count * 1000) / ms);
    }
  }
  return medians(perSecond.alone.map((alone, index) => ({ alone, hanging: perSecond.hanging[index] })));
}
