import { accessSync, constants, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** What must be free, in bytes. Two clusters of a test run and their write-ahead logs stay well below a gigabyte each. */
const ROOM = 4 * 1024 ** 3;

/**
 * Where files of which nothing has to last lie best: in memory where the machine has plenty of it, otherwise in the
 * temporary folder. A database of its own for each spec is some nine hundred files; to make them took 27 to 65 ms in
 * memory and 100 to 800 ms on ext4, all of it the processor's time.
 */
export function volatilePlace() {
  return hasRoom() ? MEMORY : tmpdir();
}

function hasRoom() {
  if (freemem() < ROOM) return false;
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM;
  } catch (error) {
    // Other systems have no such folder, and containers may forbid it.
    if (['ENOENT', 'EACCES', 'EROFS', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}
