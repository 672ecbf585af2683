// A starter with the pretended API, in a process of its own so that it can be killed.
import { resolve } from 'node:path';
import { readSettings } from '../settings.mjs';
import { Threadline } from '../threadline.mjs';
import { untilStopped } from '../until-stopped.mjs';

const settings = readSettings(resolve(import.meta.dirname, '../../..'), process.env);
const entry = 'tools/run/testing/pretend-api.mjs';
const threadline = new Threadline(settings, { entry, volatile: true, patience: 1_000 });
try {
  await untilStopped(threadline, async () => process.stdout.write(JSON.stringify(threadline.pids)));
} catch (error) {
  process.stderr.write(error.message);
  process.exitCode = 1;
}
