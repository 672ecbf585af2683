import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCluster, startServer } from '../postgres/index.mjs';
import { portIsFree } from '../postgres/ports.mjs';
import { ApiProcess } from './api-process.mjs';
import { DataFolder } from './data-folder.mjs';
import { LogFile } from './log-file.mjs';
import { StartProblem } from './problem.mjs';
import { secretsOf } from './secrets.mjs';

/** A whole Threadline: the data folder's lock, PostgreSQL unless there is one already, and the API. */
export class Threadline {
  #settings;
  #stage;
  #say;
  #volatile;
  #folder;
  #log;
  #entry;
  #patience;
  #postgres = null;
  #api = null;
  #opening = null;
  #stopped = null;

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {object} options
   * @param {<T>(title: string, work: () => Promise<T>) => Promise<T>} [options.stage] shows a step of the start
   * @param {(line: string) => void} [options.say] tells what happens later on
   * @param {boolean} [options.volatile] true: the database may be lost in a power cut (journeys)
   * @param {{write(chunk: Buffer): void}} [options.log] where the API's log goes instead of the data folder
   * @param {string} [options.entry] the API's bundle, below the checkout
   * @param {number} [options.patience] milliseconds for which the API may be silent before it is started again
   */
  constructor(settings, options = {}) {
    const { stage = (_title, work) => work(), say = () => {}, volatile = false, log = null } = options;
    this.#settings = settings;
    this.#stage = stage;
    this.#say = say;
    this.#volatile = volatile;
    this.#folder = new DataFolder(settings.dataDir);
    this.#log = log;
    this.#entry = join(settings.root, options.entry ?? 'dist/api/main.mjs');
    this.#patience = options.patience;
  }

  get url() {
    return this.#settings.url;
  }

  get dataDir() {
    return this.#settings.dataDir;
  }

  /** Process ids, for those who test what happens when one of them dies. */
  get pids() {
    return { postgres: this.#postgres?.pid ?? null, api: this.#api?.pid ?? null };
  }

  /** The superuser's address of the database. */
  get databaseUrl() {
    return this.#settings.databaseUrl ?? this.#postgres?.url() ?? null;
  }

  /** Starts everything and waits until it serves. Whoever calls this calls `stop` afterwards, also when it fails. */
  start() {
    this.#opening = this.#open();
    return this.#opening;
  }

  /** Ends the API, then the database, then lets the data folder go; also a start that is still under way. */
  stop() {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  /** Starts the API anew, from its bundle as it is now. */
  restartApi() {
    this.#api?.restart();
  }

  async #open() {
    const { dataDir, url, databaseUrl, probe } = this.#settings;
    await this.#folder.take(url);
    await this.#checkPort();
    if (!databaseUrl) await this.#stage('Starting PostgreSQL', () => this.#startPostgres());
    if (!existsSync(this.#entry)) throw new StartProblem('The API is not built: run "npm run build".');
    this.#log ??= new LogFile(join(dataDir, 'logs', 'api.log'));
    this.#api = new ApiProcess({
      entry: this.#entry,
      env: () => this.#environment(),
      probe,
      patience: this.#patience,
      log: this.#log,
      onSpawn: (pid) => this.#folder.remember(pid),
      onChange: (event) => this.#report('The API', event),
    });
    if (!this.#stopped) await this.#stage('Starting Threadline', () => this.#api.start());
  }

  async #close() {
    await this.#api?.stop();
    await this.#opening?.catch(() => undefined); // whoever called start() has been told
    await this.#api?.stop();
    await this.#postgres?.stop();
    if (this.#log instanceof LogFile) await this.#log.close();
    this.#folder.release();
  }

  /** After a kill the old API may need a moment to see that it is alone. */
  async #checkPort() {
    const { port, host } = this.#settings;
    const until = performance.now() + 3_000;
    while (!(await portIsFree(port, host))) {
      if (performance.now() > until) {
        throw new StartProblem(
          `Port ${port} is taken by another program: stop that, or choose another one, such as PORT=${port + 1} npm start.`,
        );
      }
      await sleep(100);
    }
  }

  async #startPostgres() {
    const { dataDir } = this.#settings;
    const cluster = await openCluster({ dataDir, volatile: this.#volatile });
    if (cluster.stoppedOrphan)
      this.#say(`PostgreSQL (process ${cluster.stoppedOrphan}) of an earlier run was stopped.`);
    this.#postgres = await startServer(cluster, {
      logFile: join(dataDir, 'logs', 'postgres.log'),
      volatile: this.#volatile,
      onChange: (event) => {
        this.#report('PostgreSQL', event);
        if (event.moved) this.#api?.restart();
      },
    });
  }

  #environment() {
    const { root, env, port, host, url, dataDir, databaseUrl } = this.#settings;
    const web = join(root, 'dist/web/browser');
    return {
      ...env,
      NODE_ENV: 'production',
      // Half of a start is reading packages; the second one finds them compiled.
      NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE || join(dataDir, 'cache', 'code'),
      PORT: String(port),
      HOST: host,
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      ...secretsOf(env, this.#folder),
      ...(databaseUrl ? {} : { DATABASE_URL: this.#postgres.url(), THREADLINE_EMBEDDED: '1' }),
      ...(env.WEB_ROOT || !existsSync(web) ? {} : { WEB_ROOT: web }),
    };
  }

  #report(what, { kind, reason, seconds }) {
    if (kind === 'down') this.#say(`${what} ended unexpectedly (${reason}) and is being started again.`);
    if (kind === 'failed') this.#say(`${what} could not be started again: ${reason}`);
    if (kind === 'up') this.#say(`${what} serves again after ${seconds.toFixed(1)} s.`);
  }
}
