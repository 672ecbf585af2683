// `npm run reset-link -- person@example.com`: a one-time link to a new password, for who owns the machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readIfThere } from './postgres/files.mjs';
import { runningUrl } from './postgres/index.mjs';
import { DataFolder } from './run/data-folder.mjs';
import { StartProblem } from './run/problem.mjs';
import { loadEnvFile, readSettings } from './run/settings.mjs';

try {
  const root = resolve(import.meta.dirname, '..');
  loadEnvFile(root);
  process.exitCode = resetLink(readSettings(root, process.env), process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  console.error(`  ${error.message}`);
  process.exitCode = 1;
}

function resetLink({ root, dataDir, databaseUrl, url, env }, wanted) {
  const script = join(root, 'dist/api/reset-link.mjs');
  if (!existsSync(script)) throw new StartProblem('The API is not built: run "npm run build".');
  const running = new DataFolder(dataDir).user();
  if (!databaseUrl && !running) throw new StartProblem('Threadline does not run: start it first, with "npm start".');
  const secret = env.APP_SECRET || readIfThere(join(dataDir, 'secrets', 'app-secret'));
  const { status } = spawnSync(process.execPath, [script, ...wanted], {
    stdio: 'inherit',
    env: {
      ...env,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? runningUrl(dataDir) ?? '',
      PUBLIC_URL: env.PUBLIC_URL || running?.url || url,
      ...(secret ? { APP_SECRET: secret } : {}),
    },
  });
  return status ?? 1;
}
