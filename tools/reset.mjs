// `npm run reset`: empties the data folder after asking; `--yes` is the answer for scripts.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { removeCluster } from './postgres/index.mjs';
import { DataFolder } from './run/data-folder.mjs';
import { StartProblem } from './run/problem.mjs';
import { loadEnvFile, readSettings } from './run/settings.mjs';

try {
  const root = resolve(import.meta.dirname, '..');
  loadEnvFile(root);
  await reset(readSettings(root, process.env), process.argv.includes('--yes'));
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  console.error(`  ${error.message}`);
  process.exitCode = 1;
}

async function reset({ dataDir, databaseUrl }, agreed) {
  const folder = new DataFolder(dataDir);
  if (!folder.isOurs) {
    console.log(`  There is no data of Threadline in ${dataDir}: nothing to do.`);
    return;
  }
  const user = folder.user();
  if (user) throw new StartProblem(`Threadline runs on ${dataDir} (process ${user.pid}): stop it first.`);
  if (!agreed && !(await ask(dataDir))) {
    console.log('  Nothing was removed.');
    return;
  }
  removeCluster(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  console.log(`  ${dataDir} is empty. The next "npm start" begins anew.`);
  if (databaseUrl) console.log('  The database that DATABASE_URL names was not touched.');
}

async function ask(dataDir) {
  if (!process.stdin.isTTY) throw new StartProblem('There is nobody to ask: say "npm run reset -- --yes".');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `  This removes the embedded database, all secrets and files in ${dataDir}. Type "reset" to go on: `,
  );
  terminal.close();
  return answer.trim() === 'reset';
}
