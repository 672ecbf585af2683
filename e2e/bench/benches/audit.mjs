import { request } from 'undici';
import { v7 } from 'uuid';
import { medians, number } from '../ground/figures.mjs';
import { atMost, holds } from '../ground/report.mjs';
import { COST_COLUMNS, costRow, inTurn } from '../ground/rounds.mjs';
import { reading } from './reading.mjs';

const MILLION = 1_000_000;
const QUICK = 100_000;
const APPENDS = 3_000;

export const title = 'Audit log of a million entries (--quick: a tenth): verifying, reading, and what an entry costs';

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds, quick }) {
  const product = await world.startProduct();
  const { workspaceId } = product;
  const lead = await newLead(product);
  const { command, side } = await patching(world, product, lead, roundMs, rounds);
  const cost = await entryCost(world, product.service, workspaceId, lead);

  const count = quick ? QUICK : MILLION;
  const { userId, leadId } = await product.service.ask('fillAudit', { workspaceId, count });
  // On a busy machine filling outlives a token.
  product.token = await product.service.ask('token', { workspaceId, userId: product.userId });
  await world.product.query('VACUUM (ANALYZE) audit_entries, audit_index, audit_blocks');
  const checkpoint = await checkpointOf(product);
  const verification = await verify(world, product);
  const { pages, alone } = await filteredPages(world, product, { userId, leadId }, roundMs, rounds);
  const proof = await proofs(world, product, { userId, leadId, size: checkpoint.size }, roundMs, rounds);

  const profile = await world.stop(product.service);
  await Promise.all([side, proof, alone, ...pages].map(({ driver }) => world.stop(driver)));
  const entry = cost.process + cost.database;
  const slowest = Math.max(...pages.map(({ p95 }) => p95));
  return {
    columns: [...COST_COLUMNS, 'p95 ms'],
    rows: [
      withP95('the command: PATCH of a lead, audited', command, command.p95),
      ...pages.map(({ name, figures, p95 }) => withP95(`page of 50: ${name}`, figures, p95)),
      withP95('page of 50: all of these in turn, by one caller', alone.figures, alone.p95),
      withP95('proof of an entry', proof.figures, proof.p95),
    ],
    notes: [
      `An entry costs ${number(cost.process)} µs of the process (made, sealed, canonical) and ${number(cost.database)} µs of the database (append_audit beside a statement that does nothing, each in a commit of its own).`,
      `The checkpoint of ${number(checkpoint.size, 0)} entries was made in ${number(checkpoint.ms / 1000)} s; an hourly one reads what came since. Proofs of entries in it have ${number(proof.bytes, 0)} bytes of JSON at most, of consistency ${number(proof.consistency, 0)}.`,
      `Verified ${number(verification.entries, 0)} entries in ${number(verification.ms / 1000)} s; an entry takes ${number(verification.process)} µs of CPU in the process and ${number(verification.database)} µs in the database.`,
    ],
    goals: [
      holds('the log is what it was', verification.ok),
      atMost('verifying, for a million entries', (verification.ms / verification.entries) * 1000, 30, 's'),
      atMost('a filtered page of 50, p95 of the slowest filter, 8 callers', slowest, 100),
      atMost('a filtered page of 50, p95 of all filters, one caller', alone.p95, 100),
      atMost('a proof of an entry, as JSON', proof.bytes, 4_096, 'bytes'),
      atMost('auditing, of the CPU of the same command without it', (entry / (command.cpu - entry)) * 100, 15, '%'),
    ],
    stands:
      'an entry is indexed with the 511 others of its block, by the one that fills it, which takes some milliseconds longer. Verifying parses, writes and hashes every entry in one thread, while the database reads the next. About half of a page is the process, which opens what is sealed of 50 entries; most of the rest is signing in, reading them and writing down that the log was looked at. A search whose filters meet in no entry reads the bits of every block, so that part grows with the log; so does one for a thing with very many entries, all of which are read.',
    profile,
  };
}

const withP95 = (name, figures, p95) => {
  const { values } = costRow(name, figures);
  return { name, values: [...values, p95] };
};

async function newLead({ port, token }) {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/leads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Lin Example', email: 'lin@example.com', title: 'Director' }),
  });
  if (statusCode !== 201) throw new Error(`The lead was not made: ${statusCode}`);
  return body.json();
}

/** The whole command, one after the other, so that nobody waits for a lock. */
async function patching(world, { service, port, token }, lead, ms, rounds) {
  const driver = world.startDriver('http.driver');
  const list = [0, 1].map((turn) => ({
    method: 'PATCH',
    path: `/api/leads/${lead.id}`,
    body: { title: `Title ${turn}` },
  }));
  await driver.ask('prepare', { port, list, headers: { authorization: `Bearer ${token}` } });
  const side = {
    service,
    driver,
    latencies: [],
    run: async () => {
      const result = await driver.ask('closed', { port, connections: 1, ms });
      if (result.statuses[200] !== result.count) throw new Error(`PATCH answered ${JSON.stringify(result.statuses)}`);
      side.latencies = result.latencies;
      await service.ask('settle');
      return result;
    },
  };
  const [results] = await inTurn(world, [side], rounds);
  return { command: { ...medians(results), p95: percentile95(side.latencies) }, side };
}

/** Microseconds of CPU of one entry: in the process, and in the database beside a statement that does nothing. */
async function entryCost(world, service, workspaceId, lead) {
  const { cpu, rows } = await service.ask('auditing', { workspaceId, count: APPENDS, lead });
  const client = await world.product.connect();
  const timed = async (name, text) => {
    const other = v7();
    const call = () => client.query({ name, text, values: [other, rows] });
    for (let n = 0; n < 200; n++) await call();
    const before = world.databaseCpu();
    for (let n = 0; n < APPENDS; n++) await call();
    return (world.databaseCpu() - before) / APPENDS;
  };
  try {
    // The flush belongs to the command's own commit, and is waited for, not computed.
    await client.query('SET synchronous_commit = off');
    const nothing = await timed('nothing', 'SELECT txid_current(), $1::uuid, $2::jsonb');
    const append = await timed('append', 'SELECT append_audit($1, $2::jsonb)');
    return { process: cpu, database: append - nothing };
  } finally {
    client.release(true);
  }
}

async function verify(world, { service, port, token }) {
  const [own, database] = [await service.cpu(), world.databaseCpu()];
  const begun = performance.now();
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/audit/verify`, {
    headers: { authorization: `Bearer ${token}` },
    headersTimeout: 300_000,
  });
  const { ok, entries } = await body.json();
  if (statusCode !== 200) throw new Error(`Verifying answered ${statusCode}`);
  const ms = performance.now() - begun;
  const [ownAfter, databaseAfter] = [await service.cpu(), world.databaseCpu()];
  return { ok, entries, ms, process: (ownAfter - own) / entries, database: (databaseAfter - database) / entries };
}

/** Makes a checkpoint of everything there is. */
async function checkpointOf({ port, token }) {
  const begun = performance.now();
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/audit/checkpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    headersTimeout: 300_000,
  });
  const { size } = await body.json();
  if (statusCode !== 201) throw new Error(`The checkpoint was answered with ${statusCode}`);
  return { size, ms: performance.now() - begun };
}

async function answered({ port, token }, path) {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
  return text;
}

async function filteredPages(world, product, { userId, leadId }, roundMs, rounds) {
  const at = (days) => encodeURIComponent(new Date(Date.now() - days * 86_400_000).toISOString());
  const [{ requestId }] = JSON.parse(await answered(product, '/api/audit?limit=1&action=lead.created')).items;
  const filters = {
    'by a person': `actorId=${userId}`,
    'what was denied': 'outcome=denied',
    'one action': 'action=lead.updated',
    'all done to leads': 'action=lead.*',
    'an action that is rare': 'action=access.*',
    'about a lead': `targetType=lead&targetId=${leadId}`,
    'about any lead': 'targetType=lead',
    'from an address': 'ip=127.0.0.1',
    'of a request': `requestId=${requestId}`,
    'a day a month ago': `from=${at(31)}&to=${at(30)}`,
    'a person, denied (none)': `actorId=${userId}&outcome=denied`,
    'a person, an action, a week': `actorId=${userId}&action=draft.*&from=${at(47)}&to=${at(40)}`,
    'a person about a lead (few)': `actorId=${userId}&targetType=lead&targetId=${leadId}`,
    'words: a lead': `q=${leadId}`,
    'words: access denied': 'q=access%20denied',
    'words: nothing': 'q=nothing-at-all',
  };
  const pages = [];
  for (const [name, filter] of Object.entries(filters)) {
    pages.push({ name, ...(await read(world, product, `/api/audit?limit=50&${filter}`, roundMs, rounds)) });
  }
  const all = Object.values(filters).map((filter) => `/api/audit?limit=50&${filter}`);
  const alone = await read(world, product, all, 2 * roundMs, rounds, 1);
  return { pages, alone };
}

/** One address over and over, or several in turn, by several at once or so many. */
async function read(world, product, paths, roundMs, rounds, connections) {
  const side = await reading(world, product, paths, Math.ceil(roundMs / 2), product.token, connections);
  const kept = [];
  const run = async (warmingUp) => {
    const result = await side.run();
    if (!warmingUp) kept.push(...result.latencies);
    return result;
  };
  const [results] = await inTurn(world, [{ ...side, run }], rounds);
  return { figures: medians(results), p95: percentile95(kept), driver: side.driver };
}

/** Proofs of entries all over the log, the newest page of a lead, and how large they are. */
async function proofs(world, product, { userId, leadId, size }, roundMs, rounds) {
  const pages = await Promise.all(
    [
      `targetId=${leadId}`,
      `actorId=${userId}`,
      `targetId=${leadId}&to=${new Date(Date.now() - 40 * 86_400_000).toISOString()}`,
    ].map(async (filter) => JSON.parse(await answered(product, `/api/audit?limit=20&${filter}`)).items),
  );
  const paths = pages.flat().map(({ id }) => `/api/audit/${id}/proof`);
  const texts = await Promise.all(paths.map((path) => answered(product, path)));
  const consistency = await answered(product, `/api/audit/consistency?from=${Math.floor(size / 3)}&to=${size}`);
  return {
    ...(await read(world, product, paths, roundMs, rounds)),
    bytes: Math.max(...texts.map((text) => Buffer.byteLength(text))),
    consistency: Buffer.byteLength(consistency),
  };
}

function percentile95(latencies) {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
}
