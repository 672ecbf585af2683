import { join } from 'node:path';
import { SUPERUSER } from './cluster.mjs';
import { readIfThere } from './files.mjs';

/**
 * The superuser's address of the embedded database of a data folder that runs at this moment, looked up without
 * touching anything.
 * @param {string} dataDir
 * @returns {string | null} null: it does not run
 */
export function runningUrl(dataDir, database = 'postgres') {
  const place = readIfThere(join(dataDir, 'postgres.location')) ?? join(dataDir, 'postgres');
  const port = Number(readIfThere(join(place, 'postmaster.pid'))?.split('\n')[3]);
  const password = readIfThere(join(dataDir, 'secrets', 'postgres-password'));
  if (!Number.isInteger(port) || port < 1 || !password) return null;
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}
