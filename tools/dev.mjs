// `npm run dev`: the API is bundled again and restarted at every change, the web app reloads itself.
// The pages come from Angular's development server on DEV_PORT (4200), which hands everything else to the API on PORT.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { context } from 'esbuild';
import { apiBundle } from './build/bundle.mjs';
import { PostgresError } from './postgres/index.mjs';
import { StartProblem } from './run/problem.mjs';
import { loadEnvFile, readSettings } from './run/settings.mjs';
import stages from './run/stages.cjs';
import { Threadline } from './run/threadline.mjs';
import { untilStopped } from './run/until-stopped.mjs';
import { welcome } from './run/welcome.mjs';

const root = resolve(import.meta.dirname, '..');
const OUT = 'dist/dev/api';

/** The API and its pages, each rebuilt when its sources change. */
class Workbench {
  #settings;
  #pagesPort;
  #threadline;
  #bundler = null;
  #watcher = null;
  #pages = null;

  /**
   * @param {import('./run/settings.mjs').Settings} settings
   * @param {string} pagesPort of Angular's development server
   */
  constructor(settings, pagesPort) {
    this.#settings = settings;
    this.#pagesPort = pagesPort;
    this.#threadline = new Threadline(settings, {
      stage: stages.stage,
      say: (line) => console.log(`  ${line}`),
      log: process.stdout,
      entry: `${OUT}/main.mjs`,
    });
  }

  async start() {
    await stages.stage('Building the API', () => this.#build());
    await this.#threadline.start();
    await this.#watch();
    this.#serve();
  }

  async stop() {
    this.#pages?.kill('SIGTERM');
    this.#watcher?.close();
    await this.#bundler?.dispose();
    await this.#threadline.stop();
  }

  async #build() {
    await describe();
    this.#bundler = await context({ ...apiBundle(OUT), plugins: [...apiBundle(OUT).plugins, this.#restarts()] });
    const { errors } = await this.#bundler.rebuild();
    if (errors.length > 0) throw new StartProblem('The API does not build.');
  }

  async #watch() {
    await this.#bundler.watch();
    let waiting = null;
    this.#watcher = watch(join(root, 'api/src'), { recursive: true }, (_event, file) => {
      if (!/\.(dto|controller)\.ts$/.test(file ?? '')) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => describe().catch((error) => console.error(error.message)), 300);
    });
  }

  /** The first two builds are ours: one to start from, and one that begins the watch. */
  #restarts() {
    let builds = 0;
    return {
      name: 'restart',
      setup: (build) =>
        build.onEnd(({ errors }) => {
          builds += 1;
          if (errors.length === 0 && builds > 2) this.#threadline.restartApi();
        }),
    };
  }

  #serve() {
    const { PORT: _ofTheApi, ...env } = process.env; // Angular's server would take it for its own
    this.#pages = spawn(
      process.execPath,
      [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run', 'web:serve', `--port=${this.#pagesPort}`],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...env, THREADLINE_API: this.#settings.probe, NX_TUI: 'false' },
      },
    );
  }
}

/** What the OpenAPI document says about DTOs; esbuild sees the file change and builds again. */
function describe() {
  const child = spawn(process.execPath, [join(root, 'tools/build/swagger-metadata.mjs')], { stdio: 'inherit' });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => (code === 0 ? done() : failed(new StartProblem('The DTOs could not be read.'))));
  });
}

try {
  loadEnvFile(root);
  const pagesPort = process.env.DEV_PORT || '4200';
  const pages = process.env.PUBLIC_URL || `http://localhost:${pagesPort}`;
  const settings = readSettings(root, { ...process.env, PUBLIC_URL: pages });
  await untilStopped(new Workbench(settings, pagesPort), async () => console.log(await welcome(settings)));
} catch (error) {
  if (!(error instanceof StartProblem) && !(error instanceof PostgresError)) throw error;
  console.error(`\n  ${error.message}\n`);
  process.exitCode = 1;
}
