import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import pg from 'pg';
import { openCluster, PostgresError, removeCluster, startServer, startTemporaryPostgres } from './index.mjs';
import { isAlive } from './processes.mjs';

let folder;
let dataDir;
const servers = new Set();

async function serve(settings) {
  const cluster = await openCluster({ dataDir, volatile: true });
  const logFile = join(folder, 'postgres.log');
  const server = await startServer(cluster, { logFile, volatile: true, settings });
  servers.add(server);
  return { cluster, server };
}

async function ask(server, sql) {
  const client = new pg.Client(server.url());
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

function isOneSentence(pattern) {
  return (error) => error instanceof PostgresError && pattern.test(error.message);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadline-cluster-'));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  servers.clear();
  removeCluster(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('sorts and compares by code point in UTF-8, and asks for a scram password', async () => {
    const { server } = await serve();
    const sql = `select datlocprovider as provider, datlocale as locale, rolpassword as password
      from pg_database, pg_authid where datname = 'postgres' and rolname = 'postgres'`;
    const { provider, locale, password } = await ask(server, sql);
    assert.deepEqual([provider, locale], ['b', 'C.UTF-8']);
    assert.match(password, /^SCRAM-SHA-256\$/);
    const url = new URL(server.url());
    url.password = 'wrong';
    await assert.rejects(ask({ url: () => url.href }, 'select 1'), /password authentication failed/);
  });

  it('listens on the loopback interface only, and has no socket file', async () => {
    const { server } = await serve();
    const sql = `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`;
    assert.deepEqual(await ask(server, sql), { addresses: '127.0.0.1', sockets: '' });
  });

  it('writes neither statements nor the values of refused rows into its log', async () => {
    const { server } = await serve();
    await ask(server, 'create table people (email text primary key)');
    await ask(server, "insert into people values ('ana@example.com')");
    await assert.rejects(ask(server, "insert into people values ('ana@example.com')"), /duplicate key/);
    assert.doesNotMatch(readFileSync(join(folder, 'postgres.log'), 'utf8'), /ana@example|insert/);
  });

  it('is started again on the same port after kill -9, with all that was committed', async () => {
    const { server } = await serve({ fsync: 'on', synchronous_commit: 'on' });
    const [port, pid] = [server.port, server.pid];
    await ask(server, 'create table kept as select 7 as number');
    process.kill(pid, 'SIGKILL');
    const until = performance.now() + 5_000;
    while (server.pid === pid || server.pid === null) {
      assert.ok(performance.now() < until);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(server.port, port);
    assert.deepEqual(await ask(server, 'select number from kept'), { number: 7 });
  });

  it('stops a server that an earlier run left on the same data', async () => {
    const { server } = await serve();
    const { pid } = server;
    const { stoppedOrphan } = await openCluster({ dataDir });
    assert.equal(stoppedOrphan, pid);
    assert.ok(!isAlive(pid));
  });

  it('leaves alone a process that merely has the id of an old server', async () => {
    const { cluster, server } = await serve();
    await server.stop();
    writeFileSync(join(cluster.directory, 'postmaster.pid'), `${process.pid}\n${cluster.directory}\n`);
    const again = await serve();
    assert.equal(again.cluster.stoppedOrphan, null);
    assert.deepEqual(await ask(again.server, 'select 1 as one'), { one: 1 });
  });

  it('sets another password when the file with it is lost', async () => {
    const { server } = await serve();
    await ask(server, 'create table kept as select 7 as number');
    await server.stop();
    rmSync(join(dataDir, 'secrets'), { recursive: true });
    const again = await serve();
    assert.deepEqual(await ask(again.server, 'select number from kept'), { number: 7 });
    assert.equal(statSync(join(dataDir, 'secrets/postgres-password')).mode & 0o077, 0);
  });

  it('makes the database anew when the first time was cut short', async () => {
    mkdirSync(join(dataDir, 'postgres.new'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'postgres.password'), 'half a passw');
    const { server } = await serve();
    assert.deepEqual(await ask(server, 'select 1 as one'), { one: 1 });
    assert.equal(statSync(join(dataDir, 'postgres.password'), { throwIfNoEntry: false }), undefined);
  });

  it('refuses data of a newer PostgreSQL and of an older one', async () => {
    const { cluster, server } = await serve();
    await server.stop();
    for (const [version, advice] of [
      [cluster.binaries.major + 1, /use the newer Threadline/],
      [cluster.binaries.major - 1, /dump it with the Threadline that wrote it/],
    ]) {
      writeFileSync(join(cluster.directory, 'PG_VERSION'), `${version}\n`);
      await assert.rejects(openCluster({ dataDir }), isOneSentence(advice));
    }
  });

  it('says why it does not start', async () => {
    await assert.rejects(serve({ shared_buffers: 'plenty' }), isOneSentence(/did not start.*shared_buffers/));
  });

  it('goes away with its files when it was only borrowed', async () => {
    const borrowed = await startTemporaryPostgres();
    const { pid } = borrowed;
    assert.deepEqual(await ask(borrowed, "select current_setting('fsync') as fsync"), { fsync: 'off' });
    await borrowed.stop();
    assert.ok(!isAlive(pid));
    assert.equal(statSync(borrowed.folder, { throwIfNoEntry: false }), undefined);
  });
});

describe('below a folder that others cannot enter', () => {
  const isRoot = process.getuid?.() === 0;

  beforeEach(() => chmodSync(folder, 0o700));

  it('works, and follows the data folder when that is moved', async () => {
    const { cluster, server } = await serve();
    assert.equal(cluster.directory.startsWith(folder), !isRoot); // the server of everybody else runs as themselves
    await ask(server, 'create table kept as select 7 as number');
    await server.stop();
    renameSync(dataDir, `${dataDir}-moved`);
    dataDir = `${dataDir}-moved`;
    const again = await serve();
    assert.deepEqual(await ask(again.server, 'select number from kept'), { number: 7 });
  });

  it('never lets a copy of the data folder touch the database of the original', async () => {
    const { cluster, server } = await serve();
    await server.stop();
    const copy = `${dataDir}-copy`;
    cpSync(dataDir, copy, { recursive: true });
    if (isRoot) await assert.rejects(openCluster({ dataDir: copy }), isOneSentence(/is a copy of/));
    removeCluster(copy);
    assert.ok(statSync(cluster.directory).isDirectory());
  });
});
