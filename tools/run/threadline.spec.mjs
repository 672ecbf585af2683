import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCluster } from '../postgres/index.mjs';
import { freePort } from '../postgres/ports.mjs';
import { gone, isAlive } from '../postgres/processes.mjs';

const running = new Set();
let place;

/** Starts Threadline on the test's data folder and waits until it serves, or says why not. */
async function start(more = {}) {
  const env = { ...process.env, DATABASE_URL: '', DATA_DIR: place.dataDir, PORT: String(place.port), ...more };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/pretend-start.mjs')], { env });
  const ended = new Promise((resolve) => child.once('close', (code) => resolve({ code })));
  running.add({ child, ended });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const ready = new Promise((resolve) => child.stdout.once('data', (chunk) => resolve({ pids: JSON.parse(chunk) })));
  const { code, pids } = await Promise.race([ready, ended]);
  return { pid: child.pid, pids, code, complaint: () => complaint, ended };
}

async function starts() {
  const answer = await fetch(`http://127.0.0.1:${place.port}/`);
  return answer.ok ? (await answer.json()).starts : null;
}

/** Asks until the answer is as wanted; how long that took, in milliseconds. */
async function within(milliseconds, wanted) {
  const began = performance.now();
  for (;;) {
    const answer = await starts().catch(() => null);
    if (answer === wanted) return performance.now() - began;
    assert.ok(performance.now() - began < milliseconds, `${wanted} starts were not seen, but ${answer}`);
    await sleep(20);
  }
}

async function stop({ pid, ended }) {
  process.kill(pid, 'SIGTERM');
  return ended;
}

describe('npm start', () => {
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'threadline-start-'));
    place = { folder, dataDir: join(folder, 'data'), port: await freePort() };
  });
  afterEach(async () => {
    for (const { ended, child } of running) {
      child.kill('SIGTERM');
      await ended;
    }
    running.clear();
    removeCluster(place.dataDir);
    rmSync(place.folder, { recursive: true, force: true });
  });

  it('ends the API before its database, and keeps what was written', async () => {
    const first = await start();
    assert.equal(await starts(), 1);
    assert.deepEqual(await stop(first), { code: 0 });
    assert.equal(readFileSync(join(place.dataDir, 'goodbye'), 'utf8'), '1 starts\n');
    assert.ok(!isAlive(first.pids.api) && !isAlive(first.pids.postgres));
    const second = await start();
    assert.equal(await starts(), 2);
    await stop(second);
  });

  it('raises a killed API within five seconds', async () => {
    const { pids, ...threadline } = await start();
    process.kill(pids.api, 'SIGKILL');
    await within(5_000, 2);
    await stop(threadline);
  });

  it('raises an API that lives and answers nobody, whatever its event loop waits for', async () => {
    const { pids, ...threadline } = await start();
    await assert.rejects(fetch(`http://127.0.0.1:${place.port}/hang`, { signal: AbortSignal.timeout(200) }));
    await within(8_000, 2);
    assert.ok(!isAlive(pids.api));
    await stop(threadline);
  });

  it('raises a killed PostgreSQL within five seconds, under the same API', async () => {
    const { pids, ...threadline } = await start();
    process.kill(pids.postgres, 'SIGKILL');
    assert.ok(await gone(pids.postgres, 1_000));
    await within(5_000, 1);
    assert.ok(isAlive(pids.api));
    await stop(threadline);
  });

  it('leaves nothing running when it is killed, and goes on with the same data', async () => {
    const { pid, pids } = await start();
    process.kill(pid, 'SIGKILL');
    assert.ok(await gone(pids.api, 5_000));
    assert.ok(await gone(pids.postgres, 5_000));
    const next = await start();
    assert.equal(await starts(), 2);
    await stop(next);
  });

  it('recovers when everything was killed at once', async () => {
    const { pid, pids } = await start();
    for (const one of [pid, pids.api, pids.postgres]) process.kill(one, 'SIGKILL');
    const next = await start();
    assert.equal(await starts(), 2);
    await stop(next);
  });

  it('ends what a killed predecessor left hanging', async () => {
    const { pid, pids } = await start();
    process.kill(pids.api, 'SIGSTOP');
    process.kill(pid, 'SIGKILL');
    const next = await start();
    assert.ok(!isAlive(pids.api));
    assert.equal(await starts(), 2);
    await stop(next);
  });

  it('refuses a data folder that is in use', async () => {
    const first = await start();
    const second = await start({ PORT: String(await freePort()) });
    assert.equal(second.code, 1);
    assert.match(second.complaint(), /^Threadline already runs on .* \(process \d+\): http/);
    await stop(first);
  });

  it('refuses a port that is taken, and names another', async () => {
    const first = await start();
    const second = await start({ DATA_DIR: join(place.folder, 'other') });
    assert.equal(second.code, 1);
    assert.equal(
      second.complaint(),
      `Port ${place.port} is taken by another program: stop that, or choose another one, such as PORT=${place.port + 1} npm start.`,
    );
    await stop(first);
  });

  it('refuses a folder that holds other things', async () => {
    mkdirSync(place.dataDir);
    writeFileSync(join(place.dataDir, 'photo.jpg'), '');
    const { code, complaint } = await start();
    assert.equal(code, 1);
    assert.match(complaint(), /holds other things \(photo\.jpg …\): name a new or empty folder\.$/);
  });

  it('says in one sentence what the API does not accept, and leaves nothing running', async () => {
    const { code, complaint } = await start({ PRETEND: 'wrong config' });
    assert.equal(code, 1);
    assert.equal(complaint(), 'SMTP_URL must start with smtp://.');
    const next = await start();
    assert.equal(await starts(), 1);
    await stop(next);
  });

  it('keeps its secrets to itself', async () => {
    const threadline = await start();
    assert.equal(statSync(join(place.dataDir, 'secrets')).mode & 0o077, 0);
    for (const name of ['app-secret', 'postgres-password']) {
      assert.equal(statSync(join(place.dataDir, 'secrets', name)).mode & 0o077, 0);
    }
    await stop(threadline);
  });
});
