import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PostgresError } from './errors.mjs';
import { readIfThere, writeWhole } from './files.mjs';
import { othersCanReach, systemStore } from './reach.mjs';

/**
 * Where the cluster of a data folder lies: in the folder, unless the server runs under another account that cannot
 * get there. Then it lies in the system store; `postgres.location` in the data folder says where, and `owner` beside
 * the cluster says whose it is.
 * @param {string} dataDir
 * @param {object | null} account who runs the server; null: ourselves
 */
export function clusterPlace(dataDir, account) {
  const own = join(dataDir, 'postgres');
  const pointer = pointerOf(dataDir);
  const named = readIfThere(pointer);
  if (named) return claim(named, dataDir, own);
  if (!account || othersCanReach(own)) return own;

  const store = join(systemStore(), 'clusters', randomUUID());
  const place = join(store, 'postgres');
  mkdirSync(store, { recursive: true, mode: 0o755 });
  writeWhole(join(store, 'owner'), realpathSync(dataDir));
  writeWhole(pointer, place);
  return claim(place, dataDir, own);
}

/**
 * Forgets where a cluster lies, and removes it.
 * @param {string} dataDir
 */
export function removePlace(dataDir) {
  const named = readIfThere(pointerOf(dataDir));
  // A copy of a data folder names a cluster that is not its own.
  if (named && readIfThere(join(dirname(named), 'owner')) === realpathSync(dataDir)) {
    rmSync(dirname(named), { recursive: true, force: true });
  }
  rmSync(join(dataDir, 'postgres'), { recursive: true, force: true });
  rmSync(pointerOf(dataDir), { force: true });
}

function claim(place, dataDir, own) {
  const ownerFile = join(dirname(place), 'owner');
  const owner = readIfThere(ownerFile);
  if (owner === null) {
    throw new PostgresError(
      `The database of ${dataDir} was kept in ${place}, which is gone: put it back, or run "npm run reset" to begin anew.`,
    );
  }
  const here = realpathSync(dataDir);
  if (owner !== here) {
    if (readIfThere(pointerOf(owner)) === place) {
      throw new PostgresError(
        `${dataDir} is a copy of ${owner}, to which the database in ${place} still belongs: start the original, or run "npm run reset" here.`,
      );
    }
    writeWhole(ownerFile, here); // the data folder was moved
  }
  if (!existsSync(place) && existsSync(own)) move(own, place); // it could be reached when it was made
  return place;
}

function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV') throw error;
    const unfinished = `${to}.moving`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    renameSync(unfinished, to);
    rmSync(from, { recursive: true, force: true });
  }
}

function pointerOf(dataDir) {
  return join(dataDir, 'postgres.location');
}
