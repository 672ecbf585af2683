import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres/ports.mjs';
import { findCommand, run } from './commands.mjs';

/** The same browser without windows: the journeys take two thirds of the time in it. Not every distribution has it. */
const HEADLESS = 'chromium-headless-shell';
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
let listsAreFresh = false;

/** The browser for the journeys; CHROMIUM names one that is not called as usual. */
export async function chromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return (await offered([HEADLESS], HEADLESS)) ?? program(BROWSERS, 'chromium', 'name a browser in CHROMIUM');
}

/** What runs the Python SDK's checks. */
export function python() {
  return program(['python3'], 'python3', 'install it');
}

/**
 * Runs something with a Redis of its own.
 * @template T
 * @param {(url: string) => Promise<T>} work
 */
export async function withRedis(work) {
  const binary = await program(['redis-server'], 'redis-server', 'install it');
  const folder = mkdtempSync(join(tmpdir(), 'threadline-redis-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = spawn(binary, settings, { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('close', resolve));
  try {
    await listening(port, server);
    return await work(`redis://127.0.0.1:${port}`);
  } finally {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program of the machine, installed from the distribution's own packages when it is missing. */
async function program(names, aptPackage, advice) {
  const found = await offered(names, aptPackage);
  if (found) return found;
  throw new Error(`${names[0]} is missing and could not be installed through apt-get (which needs root): ${advice}.`);
}

/** The same, or null where it cannot be had. */
async function offered(names, aptPackage) {
  const found = findCommand(names);
  if (found) return found;
  console.log(`${names[0]} is missing: installing the package "${aptPackage}".`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  if (findCommand(['apt-get'])) {
    listsAreFresh ||= await run('apt-get', ['update', '-qq'], quiet);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', aptPackage], quiet);
  }
  return findCommand(names);
}

async function listening(port, server) {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries += 1) {
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error('redis-server did not start.');
}

function answers(port) {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy(answer(true)));
    socket.once('error', () => answer(false));
  });
}
