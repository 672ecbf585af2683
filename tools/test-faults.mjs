// `npm run test:faults`: kills processes at each step of an event's life, the long form; `--short` is part of `npm test`.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const short = process.argv.includes('--short');
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '-c',
  'e2e/faults/jest.config.mjs',
];
const { status } = spawnSync(process.execPath, jest, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FAULTS: short ? 'short' : 'long' },
});
process.exitCode = status ?? 1;
