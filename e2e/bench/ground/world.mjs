import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startTemporaryPostgres } from '../../../tools/postgres/index.mjs';
import { freePort } from '../../../tools/postgres/ports.mjs';
import { buildProduct } from './bundle.mjs';
import { databaseCpu } from './machine.mjs';
import { Service } from './service.mjs';

const SECRET = 'a secret that only the benches know, 32+';

/**
 * Where a run takes place: one durable PostgreSQL (fsync as in production) with a database for the product and one for
 * the floors, and the product as it is now.
 */
export class World {
  #services = new Set();
  #pools = [];

  /** @param {{profile: boolean}} options */
  static async make(options) {
    const [bundles, postgres] = await Promise.all([buildProduct(), startTemporaryPostgres({ durable: true })]);
    const world = new World();
    Object.assign(world, { bundles, postgres, options, dataDir: mkdtempSync(join(tmpdir(), 'threadline-bench-')) });
    const superuser = world.#pool(postgres.url());
    await superuser.query('CREATE DATABASE product');
    await superuser.query('CREATE DATABASE floor');
    world.product = world.#pool(postgres.url('product'), '-c search_path=threadline');
    world.floor = world.#pool(postgres.url('floor'));
    return world;
  }

  /** Starts the product and waits until it serves. `env`: besides what it needs. */
  async startProduct(env = {}) {
    const port = await freePort();
    const service = this.start(this.bundles.product, { ...this.productEnv(port), ...env });
    const { workspaceId, userId, token } = await service.ask('serve');
    // Not the start, which costs more than a short round.
    if (this.options.profile) await service.profile();
    return { service, port, workspaceId, userId, token };
  }

  productEnv(port) {
    return {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: this.postgres.url('product'),
      APP_SECRET: SECRET,
      DATA_DIR: this.dataDir,
      // As the starter sets it.
      NODE_COMPILE_CACHE: join(this.dataDir, 'cache', 'code'),
      LOG_LEVEL: 'error',
      // Counted as in production, and never too many: what is measured is the price, not the door.
      RATE_LIMITS: 'ip=999999999,caller=999999999,workspace=999999999',
      // No mail is sent; a server that nobody answers at keeps the built-in mailbox out of the way.
      SMTP_URL: 'smtp://127.0.0.1:1',
    };
  }

  /** Starts a floor, of `../floors`, on the floors' database. */
  async startFloor(name, options = {}) {
    const port = await freePort();
    const service = this.start(join(import.meta.dirname, `../floors/${name}.mjs`), {});
    await service.ask('serve', { port, databaseUrl: this.postgres.url('floor'), ...options });
    return { service, port };
  }

  /** Starts a driver, of `../drivers`. */
  startDriver(name) {
    return this.start(join(import.meta.dirname, `../drivers/${name}.mjs`), {});
  }

  start(entry, env) {
    const service = new Service(entry, { env });
    this.#services.add(service);
    return service;
  }

  /** Ends a process; answers where its time went when it was profiled. */
  async stop(service) {
    this.#services.delete(service);
    return service.stop();
  }

  /** Microseconds of CPU of the database so far. */
  databaseCpu() {
    return databaseCpu(this.postgres.pid);
  }

  async end() {
    await Promise.all([...this.#services].map((service) => service.stop()));
    await Promise.all(this.#pools.map((pool) => pool.end()));
    await this.postgres.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #pool(url, options) {
    const pool = new pg.Pool({ connectionString: url, max: 3, ...(options ? { options } : {}) });
    pool.on('error', () => undefined); // the server stops before the last idle connection is closed
    this.#pools.push(pool);
    return pool;
  }
}
