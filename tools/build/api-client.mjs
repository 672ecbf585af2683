// Writes libs/api-client/src/generated from dist/openapi.json. With --check it writes nothing, and fails when what is
// committed is not what the API describes.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { resourcesOf } from './resources.mjs';

const root = resolve(import.meta.dirname, '../..');
const committed = join(root, 'libs/api-client/src/generated');
process.chdir(root); // the input must be a relative path: anything else is looked up in an online registry

const input = './dist/openapi.json';
if (!existsSync(input)) throw new Error(`${input} is missing: it is written by "nx run api:openapi".`);

const fresh = mkdtempSync(join(tmpdir(), 'threadline-api-client-'));
try {
  await createClient({
    input,
    output: { path: fresh, clean: true },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { file: false, level: 'silent' },
  });
  // The generator reports some failures by writing nothing at all.
  if (textsOf(fresh).size === 0) throw new Error(`No client came out of ${input}.`);
  writeFileSync(join(fresh, 'resources.gen.ts'), resourcesOf(JSON.parse(readFileSync(input, 'utf8'))));
  if (process.argv.includes('--check')) check();
  else replace();
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function replace() {
  rmSync(committed, { recursive: true, force: true });
  cpSync(fresh, committed, { recursive: true });
}

function check() {
  const [now, then] = [textsOf(fresh), textsOf(committed)];
  const different = [...new Set([...now.keys(), ...then.keys()])].filter((file) => now.get(file) !== then.get(file));
  if (different.length === 0) {
    console.log(`libs/api-client is what the API describes (${now.size} files).`);
    return;
  }
  console.error(`libs/api-client is not what the API describes: ${different.join(', ')}.`);
  console.error('Run "npm run api-client" and commit what it writes.');
  process.exitCode = 1;
}

function textsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
