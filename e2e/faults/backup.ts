import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openCluster, removeCluster, startServer } from '../../tools/postgres/index.mjs';

/** A copy of a running server's files, as `pg_basebackup` makes one; the server goes on meanwhile. */
export class Backup {
  private constructor(private readonly folder: string) {}

  static async take(url: string): Promise<Backup> {
    const folder = mkdtempSync(join(tmpdir(), 'threadline-backup-'));
    await chmod(folder, 0o711);
    const session = new pg.Client({ connectionString: url });
    await session.connect();
    try {
      await session.query(`SELECT pg_backup_start('faults', fast => true)`);
      const from = await session.query<{ data_directory: string }>('SHOW data_directory');
      const [{ data_directory: data } = { data_directory: '' }] = from.rows;
      const copy = join(folder, 'postgres');
      copyTree(data, copy);
      const stopped = await session.query<{ labelfile: string }>(
        'SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)',
      );
      const label = join(copy, 'backup_label');
      writeFileSync(label, stopped.rows[0]?.labelfile ?? '');
      const { uid, gid } = statSync(copy);
      chownSync(label, uid, gid);
      rmSync(join(copy, 'pg_wal'), { recursive: true });
      copyTree(join(data, 'pg_wal'), join(copy, 'pg_wal'));
      for (const file of readdirSync(copy)) if (file.startsWith('postmaster.')) rmSync(join(copy, file));
    } finally {
      await session.end();
    }
    mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
    writeFileSync(join(folder, 'secrets', 'postgres-password'), new URL(url).password, { mode: 0o600 });
    return new Backup(folder);
  }

  /** Starts a server on it. */
  async restore() {
    const cluster = await openCluster({ dataDir: this.folder, volatile: true });
    const server = await startServer(cluster, { logFile: join(this.folder, 'postgres.log'), volatile: true });
    return {
      url: () => server.url(),
      get pid() {
        return server.pid;
      },
      stop: async () => {
        await server.stop();
        removeCluster(this.folder);
        rmSync(this.folder, { recursive: true, force: true });
      },
    };
  }
}

/** With owners and rights; what vanishes while it is copied is made good by the server's own log. */
function copyTree(from: string, to: string): void {
  spawnSync('cp', ['-a', from, to]);
  if (!existsSync(to)) throw new Error(`${from} could not be copied`);
}
