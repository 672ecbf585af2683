import { request } from 'undici';
import { number } from '../ground/figures.mjs';
import { atMost, holds } from '../ground/report.mjs';

const SIGN_INS = 200;
/** What others ask for meanwhile, requests a second: an ordinary morning. */
const OTHERS = 50;
const PASSWORD = 'correct horse battery staple';

export const title = `${SIGN_INS} sign-ins at once, while others read their leads`;

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { roundMs, rounds }) {
  const product = await world.startProduct();
  const driver = world.startDriver('http.driver');
  await driver.ask('prepare', {
    port: product.port,
    headers: { authorization: `Bearer ${product.token}` },
    list: [{ path: '/api/leads?limit=50' }],
  });
  const others = async (ms) => {
    const { latencies, statuses } = await driver.ask('open', {
      port: product.port,
      connections: 16,
      perSecond: OTHERS,
      ms,
    });
    if (Object.keys(statuses).join() !== '200') throw new Error(`Others were answered ${JSON.stringify(statuses)}`);
    return [...latencies];
  };
  const email = await register(product.port);
  await others(roundMs); // warm
  const quiet = [];
  const busy = [];
  const storms = [];
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(...(await others(2 * roundMs)));
    const storm = signIns(product.port, email);
    // As long as the storm lasts and no longer: what comes after it would flatter.
    while (!storm.over) busy.push(...(await others(500)));
    storms.push(await storm.done);
  }
  const profile = await world.stop(product.service);
  await world.stop(driver);
  const [calm, stormy] = [p95(quiet), p95(busy)];
  const took = Math.max(...storms.map(({ ms }) => ms));
  const signedIn = storms.reduce((sum, { right }) => sum + right, 0);
  return {
    columns: ['p50 ms', 'p95 ms'],
    rows: [
      { name: 'others, quiet', values: [at(quiet, 0.5), calm] },
      { name: 'others, in the storm', values: [at(busy, 0.5), stormy] },
    ],
    notes: [`${SIGN_INS} sign-ins took ${number(took / 1000)} s.`],
    goals: [
      atMost('issue: p95 of others, of its quiet value', stormy / calm, 2, 'times'),
      holds('everybody was signed in', signedIn === rounds * SIGN_INS, `${signedIn} of ${rounds * SIGN_INS}`),
    ],
    stands: 'hashes keep one of two cores; the database, the driver and the other requests share what is left.',
    profile,
  };
}

async function register(port) {
  const email = `storm.${process.pid}@example.com`;
  const { statusCode, body } = await post(port, '/api/auth/register', {
    email,
    password: PASSWORD,
    name: 'Storm',
    workspaceName: 'Storm',
  });
  await body.dump();
  if (statusCode !== 201) throw new Error(`Registration answered ${statusCode}`);
  return email;
}

function signIns(port, email) {
  const began = performance.now();
  const storm = { over: false };
  storm.done = Promise.all(
    Array.from({ length: SIGN_INS }, async () => {
      const { statusCode, body } = await post(port, '/api/auth/login', { email, password: PASSWORD });
      await body.dump();
      return statusCode;
    }),
  ).then((statuses) => {
    storm.over = true;
    return { ms: performance.now() - began, right: statuses.filter((status) => status === 200).length };
  });
  return storm;
}

function post(port, path, body) {
  const headers = { 'content-type': 'application/json' };
  return request(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const p95 = (values) => at(values, 0.95);

function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
