import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transformFile } from '@swc/core';
import { swcOptions } from './swc.mjs';

const root = resolve(import.meta.dirname, '../..');

const swc = {
  name: 'swc',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      loader: 'js',
      contents: (await transformFile(path, swcOptions)).code,
    }));
  },
};

/**
 * esbuild's options for the API: its own sources and the libraries in one file per entry, packages left outside.
 * `main` serves; `openapi` writes the document without a database; `recount` counts the numbers again from the log,
 * `reset-link` prints a link to a new password, `rotate-secret` seals what lies sealed in the database anew.
 * @param {string} [outdir] below the workspace
 * @returns {import('esbuild').BuildOptions}
 */
export function apiBundle(outdir = 'dist/api') {
  const entryPoints = { main: join(root, 'api/src/main.ts') };
  const openapi = join(root, 'api/src/openapi.ts');
  if (existsSync(openapi)) entryPoints.openapi = openapi;
  entryPoints.recount = join(root, 'api/scripts/recount.ts');
  entryPoints['reset-link'] = join(root, 'api/scripts/reset-link.ts');
  entryPoints['rotate-secret'] = join(root, 'api/scripts/rotate-secret.ts');
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: 'linked',
    tsconfig: 'api/tsconfig.json',
    logLevel: 'warning',
    plugins: [swc],
  };
}
