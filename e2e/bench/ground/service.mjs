import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that is asked over its IPC channel; see `answering.mjs` for the other end. */
export class Service {
  #child;
  #asked = new Map();
  #next = 1;
  #output = '';
  #profiling = false;

  /**
   * @param {string} entry
   * @param {object} [options]
   * @param {Record<string, string>} [options.env]
   */
  constructor(entry, { env = {} } = {}) {
    this.#child = fork(entry, {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => (this.#output = (this.#output + chunk).slice(-8_000)));
    }
    this.#child.on('message', ({ id, answer, error }) => {
      const { resolve, reject } = this.#asked.get(id) ?? {};
      this.#asked.delete(id);
      if (error) reject?.(new Error(error));
      else resolve?.(answer);
    });
    this.#child.on('exit', (code, signal) => {
      for (const { reject } of this.#asked.values())
        reject(new Error(`${entry} ended (${signal ?? code}):\n${this.#output}`));
      this.#asked.clear();
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Asks, and waits for the answer. */
  ask(what, options = {}) {
    if (this.#child.exitCode !== null) return Promise.reject(new Error(`It has ended:\n${this.#output}`));
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#asked.set(id, { resolve, reject });
      this.#child.send({ id, what, options });
    });
  }

  /** Microseconds of CPU the process has used so far. */
  async cpu() {
    const { user, system } = await this.ask('cpu');
    return user + system;
  }

  /** From here on; where the time went is told when it stops. */
  async profile() {
    await this.ask('beginProfile');
    this.#profiling = true;
  }

  /** Ends it; answers where its time went when it was profiled. */
  async stop() {
    const running = this.#child.exitCode === null && this.#child.signalCode === null;
    const profile = this.#profiling && running ? hottest(await this.ask('endProfile')) : null;
    if (running) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const late = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(late);
    }
    return profile;
  }
}

/** The functions in which a profiled process spent most of its busy time, themselves alone, in percent. */
function hottest({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const self = new Map();
  let busy = 0;
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    if (functionName === '(idle)' || functionName === '(root)') return;
    const place = url.replace(/^.*\/(node_modules\/)?/, '');
    const name = `${functionName || '(anonymous)'} ${place ? `${place}:${lineNumber + 1}` : ''}`.trim();
    busy += timeDeltas[index];
    self.set(name, (self.get(name) ?? 0) + timeDeltas[index]);
  });
  return [...self]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 25)
    .map(([name, time]) => `${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`);
}
