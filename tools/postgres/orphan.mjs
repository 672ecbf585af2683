import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PostgresError } from './errors.mjs';
import { commandLine, gone, isAlive, signal, workingFolder } from './processes.mjs';

/**
 * Stops the server that an earlier, killed Threadline left running on this data directory, and clears away a lock
 * file whose process id meanwhile belongs to somebody else. The caller already holds the data folder's own lock.
 * @param {string} directory the cluster's data directory
 * @returns {Promise<number | null>} the id of the server that was stopped.
 */
export async function stopOrphan(directory) {
  const lockFile = join(directory, 'postmaster.pid');
  const pid = lockedBy(lockFile);
  if (pid === null || !isAlive(pid)) return null; // PostgreSQL clears a lock of the dead by itself
  if (!servesDirectory(pid, directory)) {
    rmSync(lockFile, { force: true });
    return null;
  }
  for (const [name, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 10_000],
  ]) {
    signal(pid, name);
    if (await gone(pid, patience)) return pid;
  }
  throw new PostgresError(
    `An earlier PostgreSQL (process ${pid}) still holds ${directory} and does not stop: end it by hand.`,
  );
}

/** The state that the server itself writes into its lock file: "starting", "ready", "stopping" … or null. */
export function lockedState(directory, pid) {
  const lockFile = join(directory, 'postmaster.pid');
  return lockedBy(lockFile) === pid ? (readLines(lockFile)[7]?.trim() ?? null) : null;
}

function lockedBy(lockFile) {
  const pid = Number(readLines(lockFile)[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** A postmaster stands in its data directory and names it on its command line; either is enough to know it. */
function servesDirectory(pid, directory) {
  const command = commandLine(pid);
  if (!command || !basename(command.split(' ')[0]).startsWith('postgres')) return false;
  return command.includes(` -D ${directory} `) || workingFolder(pid) === realpathSync(directory);
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
