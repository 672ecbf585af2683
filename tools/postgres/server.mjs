import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SUPERUSER, SYNC_METHOD } from './cluster.mjs';
import { PostgresError } from './errors.mjs';
import { lockedState } from './orphan.mjs';
import { freePort } from './ports.mjs';
import { gone, signal } from './processes.mjs';

const LOG_LIMIT = 10 * 1024 * 1024;

/** For the loopback interface only, and without a socket file. Rows never stand in the log: no statements, no client errors. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  jit: 'off',
  recovery_init_sync_method: SYNC_METHOD,
};

/** Nothing is forced to the disk: a power cut costs everything, a killed process still nothing. */
const VOLATILE = { fsync: 'off', full_page_writes: 'off' };

/**
 * Starts a server on an opened cluster and keeps it up: when it ends without having been told to, it is started
 * again, with growing pauses, for as long as it takes; on the same port unless somebody has taken that meanwhile.
 *
 * @param {import('./cluster.mjs').Cluster} cluster
 * @param {object} options
 * @param {string} options.logFile where the server writes
 * @param {boolean} [options.volatile] no durability: tests
 * @param {Record<string, string>} [options.settings] further server settings
 * @param {(event: {kind: 'down' | 'failed' | 'up', reason?: string, seconds?: number, moved?: boolean}) => void} [options.onChange]
 *   `down`: it ended unexpectedly; `failed`: a restart did not succeed, the next follows; `up`: it serves again,
 *   `moved` when at another address
 */
export async function startServer(cluster, { logFile, volatile = false, settings = {}, onChange = () => {} }) {
  const server = new Server(cluster, logFile, { ...SETTINGS, ...(volatile ? VOLATILE : {}), ...settings }, onChange);
  await server.open();
  return server;
}

class Server {
  #cluster;
  #logFile;
  #settings;
  #onChange;
  #child = null;
  #stopping = false;
  #restarting = null;
  port = 0;

  constructor(cluster, logFile, settings, onChange) {
    this.#cluster = cluster;
    this.#logFile = logFile;
    this.#settings = settings;
    this.#onChange = onChange;
  }

  /** The process id of the postmaster, or null while it is down. */
  get pid() {
    return this.#child?.pid ?? null;
  }

  /** The address of a database, with the superuser's name and password. */
  url(database = 'postgres') {
    const password = encodeURIComponent(this.#cluster.password);
    return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${this.port}/${database}`;
  }

  /** The first start: the free port may be taken before the server gets it, so another is tried. */
  async open() {
    for (let attempt = 1; ; attempt += 1) {
      this.port = await freePort();
      try {
        return await this.#launch();
      } catch (error) {
        if (attempt === 5 || !error.portTaken) throw error;
      }
    }
  }

  /** Ends the server: open transactions are rolled back, what was committed is on disk. */
  async stop() {
    this.#stopping = true;
    await this.#restarting;
    const pid = this.pid;
    if (pid === null) return;
    for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
      signal(pid, name);
      if (await gone(pid, 20_000)) return;
    }
  }

  /** One server process, up to the moment it accepts connections. A predecessor's last processes may need a moment to go. */
  async #launch() {
    const until = performance.now() + 20_000;
    for (;;) {
      try {
        return await this.#spawn();
      } catch (error) {
        if (!error.stillInUse || performance.now() > until) throw error;
        await sleep(200);
      }
    }
  }

  async #spawn() {
    const { binaries, directory } = this.#cluster;
    const log = openLog(this.#logFile);
    const from = statSync(this.#logFile).size;
    const args = ['-D', directory, '-p', String(this.port)];
    for (const [name, value] of Object.entries(this.#settings)) args.push('-c', `${name}=${value}`);
    // In a session of its own: a Ctrl-C in the terminal is for the starter, which stops the API before its database.
    const child = spawn(binaries.postgres, args, {
      ...binaries.spawnOptions,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    const guard = child.pid === undefined ? null : guardAgainstOrphaning(child.pid);
    child.once('exit', () => guard?.kill());
    let ended = null;
    child.once('error', (cause) => (ended = cause.message));
    child.once('exit', (code, signalName) => (ended = `ended with ${signalName ?? code}`));
    while (ended === null && lockedState(directory, child.pid) !== 'ready') await sleep(10);
    if (ended !== null) throw startFailure(ended, lastLines(this.#logFile, from));
    this.#child = child;
    child.once('exit', (code, signalName) => this.#fell(signalName ?? `code ${code}`));
    if (child.exitCode !== null || child.signalCode !== null) this.#fell(child.signalCode ?? `code ${child.exitCode}`);
  }

  #fell(reason) {
    if (this.#child === null) return;
    this.#child = null;
    if (this.#stopping) return;
    this.#onChange({ kind: 'down', reason });
    this.#restarting = this.#raise();
  }

  async #raise() {
    const since = performance.now();
    const before = this.port;
    for (let pause = 100; !this.#stopping; pause = Math.min(pause * 2, 10_000)) {
      try {
        await this.#launch();
        this.#onChange({ kind: 'up', seconds: (performance.now() - since) / 1000, moved: this.port !== before });
        return;
      } catch (error) {
        this.#onChange({ kind: 'failed', reason: error.message });
        if (error.portTaken) this.port = await freePort();
        else await sleep(pause);
      }
    }
  }
}

/**
 * Stops the server when this process is gone without having done so (kill -9): the guard waits on a pipe that only
 * the death of this process closes.
 */
function guardAgainstOrphaning(pid) {
  const guard = spawn('/bin/sh', ['-c', `cat >/dev/null; kill -INT ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  guard.stdin.unref();
  return guard;
}

function startFailure(ended, lines) {
  const complaint = lines.filter((line) => /FATAL|PANIC|ERROR|could not|error while loading/.test(line)).join(' ');
  const error = new PostgresError(
    `PostgreSQL did not start (${ended}): ${complaint || lines.join(' ') || 'no reason given'}`,
  );
  error.portTaken = /Address already in use|could not create any TCP/.test(complaint);
  error.stillInUse = /still in use|lock file "postmaster.pid" already exists/.test(complaint);
  return error;
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function lastLines(file, from) {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(8192);
    const read = readSync(handle, bytes, 0, bytes.length, Math.max(from, statSync(file).size - bytes.length));
    return bytes
      .subarray(0, read)
      .toString()
      .split('\n')
      .map((line) => line.replace(/^\S+ \S+ UTC \[\d+\] /, '').trim())
      .filter(Boolean);
  } finally {
    closeSync(handle);
  }
}
