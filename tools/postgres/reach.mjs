import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PostgresError } from './errors.mjs';

/**
 * Where root keeps what the account `postgres` must be able to enter when the checkout itself lies below a folder
 * that others cannot (such as /root). A place that outlives reboots and temporary-file cleaners.
 */
const SYSTEM_STORE = '/var/lib/threadline';

/**
 * Whether another account may pass through every folder above `path`. A folder that does not exist yet counts as
 * passable: whoever creates it decides.
 * @param {string} path
 */
export function othersCanReach(path) {
  let folder = resolve(path);
  while (folder !== dirname(folder)) {
    folder = dirname(folder);
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o001) === 0) return false;
  }
  return true;
}

/** The system store, created for everyone to pass and only root to write. */
export function systemStore() {
  try {
    mkdirSync(SYSTEM_STORE, { recursive: true, mode: 0o755 });
    chmodSync(SYSTEM_STORE, 0o755);
  } catch (cause) {
    throw new PostgresError(
      `The checkout lies below a folder that other accounts cannot enter, and ${SYSTEM_STORE} cannot be created (${cause.code}): set DATA_DIR to a folder that others can pass through, or set DATABASE_URL.`,
      { cause },
    );
  }
  if (statSync(SYSTEM_STORE).uid !== 0) {
    throw new PostgresError(`${SYSTEM_STORE} does not belong to root: it is not trusted to hold the database.`);
  }
  return SYSTEM_STORE;
}
