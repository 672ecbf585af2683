import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries } from './binaries.mjs';
import { PostgresError } from './errors.mjs';
import { readIfThere, writeWhole } from './files.mjs';
import { stopOrphan } from './orphan.mjs';
import { clusterPlace, removePlace } from './place.mjs';

/** Linux forces a whole file system to the disk in one call; elsewhere it is a thousand files one by one. */
export const SYNC_METHOD = process.platform === 'linux' ? 'syncfs' : 'fsync';

export const SUPERUSER = 'postgres';

/**
 * @typedef {object} Cluster
 * @property {string} directory the server's data directory
 * @property {string} password of the superuser
 * @property {import('./binaries.mjs').Binaries} binaries
 * @property {boolean} created true when this call made it
 * @property {number | null} stoppedOrphan process id of a server of an earlier run that was still there
 */

/**
 * Opens the cluster of a data folder and makes it when there is none: scram passwords only, the superuser's
 * generated and kept in `secrets/postgres-password`.
 * The caller holds the data folder's lock: a server that still runs here is taken for an orphan and stopped.
 * @param {{dataDir: string, volatile?: boolean}} options volatile: may be lost in a power cut (tests)
 * @returns {Promise<Cluster>}
 */
export async function openCluster({ dataDir, volatile = false }) {
  if (!existsSync(dataDir)) {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o711); // passable whatever the umask; nobody else may list it
  }
  const binaries = findBinaries();
  const directory = clusterPlace(dataDir, binaries.account);
  const passwordFile = join(dataDir, 'secrets', 'postgres-password');

  if (!existsSync(join(directory, 'PG_VERSION'))) {
    const password = readIfThere(passwordFile) ?? newPassword(passwordFile);
    await initialise(directory, password, binaries, volatile);
    return { directory, password, binaries, created: true, stoppedOrphan: null };
  }

  checkVersion(directory, binaries);
  const runner = asOwner(directory, binaries);
  const stoppedOrphan = await stopOrphan(directory);
  const password = readIfThere(passwordFile) ?? (await replacePassword(directory, passwordFile, runner));
  return { directory, password, binaries: runner, created: false, stoppedOrphan };
}

/**
 * Removes a data folder's cluster, wherever it lies. The caller has made sure that nothing runs on it.
 * @param {string} dataDir
 */
export function removeCluster(dataDir) {
  removePlace(dataDir);
}

function newPassword(file) {
  const password = randomBytes(24).toString('base64url');
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeWhole(file, `${password}\n`, 0o600);
  return password;
}

/** Made beside its final place and then renamed: a killed initdb leaves nothing that looks like a database. */
async function initialise(directory, password, binaries, volatile) {
  const unfinished = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (binaries.account) {
    const { uid, gid } = binaries.account;
    chownSync(unfinished, uid, gid);
    chownSync(passwordFile, uid, gid);
  }
  try {
    await run(binaries.initdb, binaries.spawnOptions, [
      ...['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8'],
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ...(volatile ? ['--no-sync'] : [`--sync-method=${SYNC_METHOD}`]),
    ]);
    rmSync(directory, { recursive: true, force: true });
    renameSync(unfinished, directory);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkVersion(directory, binaries) {
  const major = Number(readIfThere(join(directory, 'PG_VERSION')));
  if (major === binaries.major) return;
  const advice =
    major > binaries.major
      ? 'use the newer Threadline that wrote it'
      : 'dump it with the Threadline that wrote it and load it into a new data folder';
  throw new PostgresError(
    `The data in ${directory} is of PostgreSQL ${major}, and this Threadline brings PostgreSQL ${binaries.major}: ${advice}.`,
  );
}

/** A cluster is served by the account that owns it, also when somebody else made it earlier. */
function asOwner(directory, binaries) {
  const { uid, gid } = statSync(directory);
  if (!binaries.account) {
    if (process.getuid && uid !== process.getuid()) {
      throw new PostgresError(
        `${directory} belongs to another account (user id ${uid}): start Threadline as the user who made it.`,
      );
    }
    return binaries;
  }
  return { ...binaries, account: { uid, gid }, spawnOptions: { ...binaries.spawnOptions, uid, gid } };
}

/** The password file is lost while the data is not: set another one in single-user mode, which asks for none. */
async function replacePassword(directory, file, binaries) {
  const password = randomBytes(24).toString('base64url');
  await run(
    binaries.postgres,
    binaries.spawnOptions,
    ['--single', '-D', directory, 'postgres'],
    `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`,
  );
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeWhole(file, `${password}\n`, 0o600);
  return password;
}

/** Runs one of the binaries to its end; what it complained about becomes the error's sentence. */
function run(binary, spawnOptions, args, input = '') {
  return new Promise((done, failed) => {
    const child = spawn(binary, args, { ...spawnOptions, stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += chunk));
    child.once('error', (cause) =>
      failed(new PostgresError(`PostgreSQL could not be run (${cause.code}): ${binary}`, { cause })),
    );
    child.once('close', (code, signal) => {
      if (code === 0) done();
      else
        failed(new PostgresError(`${binary} ended with ${signal ?? code}: ${complaint.trim() || 'no reason given'}`));
    });
    child.stdin.end(input);
  });
}
