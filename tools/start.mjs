// `npm start`: everything in one terminal, until Ctrl-C or SIGTERM. `npm start -- --logs` shows the API's log there too.
import { resolve } from 'node:path';
import { PostgresError } from './postgres/index.mjs';
import { StartProblem } from './run/problem.mjs';
import { loadEnvFile, readSettings } from './run/settings.mjs';
import stages from './run/stages.cjs';
import { Threadline } from './run/threadline.mjs';
import { untilStopped } from './run/until-stopped.mjs';
import { welcome } from './run/welcome.mjs';

const root = resolve(import.meta.dirname, '..');

try {
  loadEnvFile(root);
  const settings = readSettings(root, process.env);
  const threadline = new Threadline(settings, {
    stage: stages.stage,
    say: (line) => console.log(`  ${line}`),
    log: process.argv.includes('--logs') ? process.stdout : null,
  });
  await untilStopped(threadline, async () => console.log(await welcome(settings)));
} catch (error) {
  if (!(error instanceof StartProblem) && !(error instanceof PostgresError)) throw error;
  console.error(`\n  ${error.message}\n`);
  process.exitCode = 1;
}
