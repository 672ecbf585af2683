// A whole Threadline on a data folder that goes away with it: `PORT=… DATA_DIR=… node tools/throwaway.mjs`.
// The journeys run against it; its demo sign-ins stand in DATA_DIR/secrets/demo-sign-ins.json.
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { removeCluster } from './postgres/index.mjs';
import { readSettings } from './run/settings.mjs';
import { Threadline } from './run/threadline.mjs';
import { untilStopped } from './run/until-stopped.mjs';

const root = resolve(import.meta.dirname, '..');
const { DATA_DIR, PORT } = process.env;
if (!DATA_DIR || !PORT) throw new Error('Both DATA_DIR and PORT must be set.');
if (existsSync(DATA_DIR))
  throw new Error(`${DATA_DIR} is there already, and would be removed: name a folder that is not.`);

const settings = readSettings(root, process.env);
settings.databaseUrl = null; // never the developer's own
delete settings.env.DATABASE_URL;
try {
  await untilStopped(
    new Threadline(settings, { say: (line) => console.error(line), volatile: true, log: process.stderr }),
  );
} finally {
  removeCluster(settings.dataDir);
  rmSync(settings.dataDir, { recursive: true, force: true });
}
