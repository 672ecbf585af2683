// Makes the description of now the released one, which later changes are compared with: api/openapi.released.json. What it
// breaks is said first, and needs a new version: `npm run release-api -- --version 2027-03-01`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { breakingChanges } from './breaking-changes.mjs';

const root = resolve(import.meta.dirname, '../..');
const released = join(root, 'api/openapi.released.json');
const { values } = parseArgs({ options: { version: { type: 'string' } } });

const now = JSON.parse(readFileSync(join(root, 'dist/openapi.json'), 'utf8'));
const before = existsSync(released) ? JSON.parse(readFileSync(released, 'utf8')) : null;
const broken = before ? breakingChanges(before, now) : [];
const renewed = before && now.info.version > before.info.version && now.info.version === values.version;

if (broken.length > 0 && !renewed) {
  console.error(
    `This breaks what was released as ${before.info.version}:\n${broken.map((each) => `  ${each}`).join('\n')}`,
  );
  console.error(
    'Keep it, or add a version to api/src/platform/http/version-changes.table.ts that tells older callers the older answer,\n' +
      'build, and name that version here: --version YYYY-MM-DD.',
  );
  process.exitCode = 1;
} else {
  writeFileSync(released, `${JSON.stringify(needed(now), null, 1)}\n`);
  console.log(`Released as ${now.info.version}.`);
}

/** Words and examples break nobody; without them the file stays small and its changes readable. */
function needed(document) {
  const skipped = new Set(['description', 'summary', 'example', 'examples', 'title', 'headers']);
  const strip = (value, names) => {
    if (Array.isArray(value)) return value.map((each) => strip(each, false));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => names || !skipped.has(key));
    return Object.fromEntries(entries.map(([key, each]) => [key, strip(each, !names && key === 'properties')]));
  };
  return strip(document, false);
}
