import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../tools/postgres/ports.mjs';
import { now } from '../ground/answering.mjs';
import { medians } from '../ground/figures.mjs';
import { processCpu } from '../ground/machine.mjs';
import { atMost } from '../ground/report.mjs';

const ASK = 'GET /health/live HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n';

export const title = 'From the start of the process to the first 200, the database prepared before';

/** @param {import('../ground/world.mjs').World} world */
export async function run(world, { rounds }) {
  const sides = [
    { entry: join(import.meta.dirname, '../floors/hello.floor.mjs'), env: (port) => ({ PORT: String(port) }) },
    { entry: world.bundles.main, env: (port) => world.productEnv(port) },
  ];
  const results = sides.map(() => []);
  for (let round = 0; round <= rounds + 2; round++) {
    for (const [index, side] of sides.entries()) {
      const result = await start(side);
      if (round > 0) results[index].push(result);
    }
  }
  const [floor, product] = results.map(medians);
  const row = (name, { cpu, ms }) => ({ name, values: [cpu / 1000, ms] });
  return {
    columns: ['CPU ms', 'ms'],
    rows: [row('Nest hello on Fastify', floor), row('product', product)],
    goals: [
      atMost('CPU, of the floor’s', product.cpu / floor.cpu, 3, 'times'),
      atMost('time, of the floor’s', product.ms / floor.ms, 3, 'times'),
    ],
    stands:
      'more than half is packages, of which there are four times as many as in the floor (compiled ones are kept since the start before); the rest is the proof that migrations and isolation are in place, and the modules’ own beginnings.',
  };
}

async function start({ entry, env }) {
  const port = await freePort();
  const begun = now();
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env(port) },
    stdio: 'ignore',
  });
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`${entry} ended before it served`);
      await sleep(2);
    }
    return { ms: now() - begun, cpu: processCpu(child.pid) };
  } finally {
    const gone = once(child, 'exit');
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await gone;
    }
  }
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(ASK));
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1', 9, 12) === '200');
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
