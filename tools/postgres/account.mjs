import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PostgresError } from './errors.mjs';

const ACCOUNT = 'postgres';

/**
 * Who runs the server. PostgreSQL refuses to run as root, so root hands it to the system account `postgres`,
 * which is created when the machine has none.
 * @returns {{uid: number, gid: number} | null} null: the person who started us.
 */
export function serverAccount() {
  if (process.getuid?.() !== 0) return null;
  return findAccount() ?? createAccount();
}

function findAccount() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${ACCOUNT}:`));
  if (!line) return null;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function createAccount() {
  const ways = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', ACCOUNT]],
  ];
  for (const [command, args] of ways) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) {
      const account = findAccount();
      if (account) return account;
    }
  }
  throw new PostgresError(
    `PostgreSQL does not run as root, and the account "${ACCOUNT}" could not be created: start Threadline as another user, or set DATABASE_URL.`,
  );
}
