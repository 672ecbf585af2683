// `npm run rotate-secret`: a new APP_SECRET, and everything that lies sealed in the database sealed anew with it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCluster, PostgresError, startServer } from './postgres/index.mjs';
import { DataFolder } from './run/data-folder.mjs';
import { StartProblem } from './run/problem.mjs';
import { secretsOf } from './run/secrets.mjs';
import { loadEnvFile, readSettings } from './run/settings.mjs';

const root = resolve(import.meta.dirname, '..');

try {
  loadEnvFile(root);
  await rotate(readSettings(root, process.env));
} catch (error) {
  if (!(error instanceof StartProblem) && !(error instanceof PostgresError)) throw error;
  console.error(`  ${error.message}`);
  process.exitCode = 1;
}

async function rotate(settings) {
  const { env, dataDir, databaseUrl, url } = settings;
  const script = join(root, 'dist/api/rotate-secret.mjs');
  if (!existsSync(script)) throw new StartProblem('The API is not built: run "npm run build".');
  if (env.APP_SECRET && !env.APP_SECRET_PREVIOUS) {
    throw new StartProblem(
      'APP_SECRET is set by you: set a new one, and the one before in APP_SECRET_PREVIOUS, then run this again.',
    );
  }
  const folder = new DataFolder(dataDir);
  const own = !env.APP_SECRET;
  if (own && !folder.isOurs) throw new StartProblem(`There is no data of Threadline in ${dataDir}: nothing to rotate.`);
  // With a database and a secret of one's own Threadline may go on running; what lies in the folder is one program's.
  const alone = own || !databaseUrl;
  if (alone) await folder.take(url);
  let postgres = null;
  try {
    if (own) folder.rotateSecret();
    if (!databaseUrl) {
      const logFile = join(dataDir, 'logs', 'postgres.log');
      postgres = await startServer(await openCluster({ dataDir }), { logFile, onChange: () => {} });
    }
    await run(script, {
      ...env,
      ...secretsOf(env, folder),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? postgres.url(),
    });
    if (own) folder.rotated();
    console.log(own ? '  The new secret holds from the next start on.' : '  Everything is sealed with APP_SECRET.');
  } finally {
    await postgres?.stop();
    if (alone) folder.release();
  }
}

function run(script, env) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', failed);
    child.once('exit', (code) =>
      code === 0 ? done() : failed(new StartProblem('Not everything could be sealed anew. Run it again to go on.')),
    );
  });
}
