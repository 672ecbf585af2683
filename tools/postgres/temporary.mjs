import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCluster, removeCluster } from './cluster.mjs';
import { readIfThere } from './files.mjs';
import { volatilePlace } from './memory.mjs';
import { stopOrphan } from './orphan.mjs';
import { birthMark } from './processes.mjs';
import { startServer } from './server.mjs';

const PREFIX = 'threadline-postgres-';

/**
 * A PostgreSQL of one's own that goes away again: its files lie in the temporary folder, or in memory.
 * @param {object} [options]
 * @param {boolean} [options.durable] true: on disk, with fsync, as in production (benches); false: fast (tests)
 * @param {Record<string, string>} [options.settings] further server settings
 * @returns {Promise<{url(database?: string): string, port: number, pid: number | null, folder: string, stop(): Promise<void>}>}
 */
export async function startTemporaryPostgres({ durable = false, settings = {} } = {}) {
  for (const place of new Set([tmpdir(), volatilePlace()])) await sweep(place);
  const folder = mkdtempSync(join(durable ? tmpdir() : volatilePlace(), PREFIX));
  writeFileSync(join(folder, 'owner'), `${process.pid} ${birthMark(process.pid)}`);
  await chmod(folder, 0o711);
  const server = await start(folder, !durable, settings);
  return {
    url: (database) => server.url(database),
    get port() {
      return server.port;
    },
    get pid() {
      return server.pid;
    },
    folder,
    async stop() {
      await server.stop();
      remove(folder);
    },
  };
}

async function start(folder, volatile, settings) {
  try {
    const cluster = await openCluster({ dataDir: folder, volatile });
    return await startServer(cluster, { logFile: join(folder, 'postgres.log'), volatile, settings });
  } catch (error) {
    remove(folder);
    throw error;
  }
}

/** A killed test run leaves its server and its folder behind: the next one clears both away. */
async function sweep(place) {
  for (const name of readdirSync(place)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(place, name);
    const found = statSync(folder, { throwIfNoEntry: false });
    if (!found || (process.getuid && found.uid !== process.getuid())) continue;
    const [pid, ...mark] = (readIfThere(join(folder, 'owner')) ?? '').split(' ');
    // Without an owner it is one that is being made this very moment.
    if (!pid || birthMark(Number(pid)) === mark.join(' ')) continue;
    await stopOrphan(join(folder, 'postgres'));
    remove(folder);
  }
}

function remove(folder) {
  removeCluster(folder);
  rmSync(folder, { recursive: true, force: true });
}
