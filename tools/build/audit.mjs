// Builds the audit log's verifier: libs/audit/dist/cli.mjs, one file that needs Node and nothing else.
import { resolve } from 'node:path';
import { build } from 'esbuild';

const lib = resolve(import.meta.dirname, '../../libs/audit');
const { errors } = await build({
  entryPoints: [resolve(lib, 'src/cli.ts')],
  outfile: resolve(lib, 'dist/cli.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  tsconfig: resolve(lib, 'tsconfig.json'),
  logLevel: 'warning',
}).catch((failure) => failure); // esbuild has said what is wrong
if (errors.length > 0) process.exitCode = 1;
