import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './problem.mjs';
import { watchPulse } from './pulse.mjs';

/** Milliseconds of life after which a death counts as the first. */
const CALM = 30_000;
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 3_000;
/** Milliseconds of silence after which it counts as hung, and is started again. */
const PATIENCE = 15_000;

/**
 * The API as a process of its own, started again when it dies, or lives and no longer answers.
 *
 * The convention between the two: the API is given an IPC channel and nothing is ever sent on it. When it closes
 * (`process.on('disconnect')`), the starter is gone and the API ends by itself. SIGTERM asks it to finish and end.
 */
export class ApiProcess {
  #options;
  #child = null;
  #stopping = false;
  #asked = false;
  #served = false;
  #pause = SHORTEST_PAUSE / 2;
  #complaint = '';
  #unwatch = () => {};

  /**
   * @param {object} options
   * @param {string} options.entry the bundle
   * @param {() => Record<string, string>} options.env asked at each start
   * @param {string} options.probe address to ask for its health
   * @param {{write(chunk: Buffer): void}} options.log gets everything it writes
   * @param {number} [options.patience] milliseconds for which it may be silent
   * @param {(pid: number) => void} options.onSpawn
   * @param {(event: {kind: 'down' | 'up', reason?: string, seconds?: number}) => void} options.onChange
   */
  constructor(options) {
    this.#options = options;
  }

  /** The id of the process, or null while there is none. */
  get pid() {
    return this.#child?.pid ?? null;
  }

  /**
   * Starts it and waits until it serves.
   * @throws StartProblem with what it said, when it ends before.
   */
  async start() {
    this.#spawn();
    await this.#ready();
    this.#served = true;
    this.#watch();
  }

  /** Ends it and starts it anew: another environment, another build. */
  restart() {
    this.#asked = true;
    this.#child?.kill('SIGTERM');
  }

  /** Lets it finish what it does and end; after 15 s it is killed. */
  async stop() {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
  }

  #spawn() {
    const { entry, env, log, onSpawn } = this.#options;
    const began = performance.now();
    this.#complaint = '';
    // In a session of its own: a Ctrl-C in the terminal is for the starter, which ends things in their order.
    const child = spawn(process.execPath, ['--enable-source-maps', entry], {
      env: env(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    child.stdout.on('data', (chunk) => log.write(chunk));
    child.stderr.on('data', (chunk) => {
      log.write(chunk);
      this.#complaint = (this.#complaint + chunk).slice(-4_000);
    });
    child.once('error', (error) => {
      this.#complaint += error.message;
      if (child.pid === undefined) this.#ended(error.message, 0);
    });
    child.once('exit', (code, signal) => this.#ended(signal ?? `code ${code}`, performance.now() - began));
    if (child.pid !== undefined) onSpawn(child.pid);
  }

  /** What hangs hears no SIGTERM; what it had not yet done is done again from the ledgers. */
  #watch() {
    const child = this.#child;
    this.#unwatch();
    this.#unwatch = watchPulse(`${this.#options.probe}/health/live`, this.#options.patience ?? PATIENCE, () => {
      if (this.#child === child) child?.kill('SIGKILL');
    });
  }

  #ended(reason, lived) {
    this.#child = null;
    this.#unwatch();
    if (this.#stopping || !this.#served) return;
    const pause = this.#nextPause(lived);
    if (!this.#asked) this.#options.onChange({ kind: 'down', reason });
    this.#asked = false;
    const since = performance.now();
    setTimeout(() => {
      if (this.#stopping) return;
      this.#spawn();
      this.#ready().then(
        () => {
          this.#watch();
          this.#options.onChange({ kind: 'up', seconds: (performance.now() - since) / 1000 });
        },
        () => undefined, // it has ended again, which was reported
      );
    }, pause);
  }

  /** Doubled each time it dies young, so that one that cannot live does not keep the machine busy. */
  #nextPause(lived) {
    if (this.#asked) return 0;
    this.#pause = lived > CALM ? SHORTEST_PAUSE : Math.min(this.#pause * 2, LONGEST_PAUSE);
    return this.#pause;
  }

  async #ready() {
    const child = this.#child;
    while (!(await answers(`${this.#options.probe}/health/ready`))) {
      if (this.#child !== child) throw new StartProblem(this.#complaint.trim() || 'The API ended without a word.');
      await sleep(50);
    }
  }
}

async function answers(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
