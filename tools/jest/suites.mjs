import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Specs of one suite: few enough that two workers end at about the same time. */
const SPECS = 6;

/**
 * Gathers the specs of a project into suites, each of them one file for jest. Jest loads everything anew for every file
 * that it runs, which took about half of the processor time of the API's specs and of the web's. In a suite they share
 * what is loaded; each keeps its own hooks, and with them an application and a database of its own.
 * @param {string} project the project's folder
 * @param {(path: string) => boolean} wanted which of its specs, by their paths in it
 */
export function gatherSuites(project, wanted) {
  const folder = join(project, '.suites');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const specs = globSync('**/*.spec.ts', { cwd: project }).filter(wanted).sort();
  for (let from = 0; from < specs.length; from += SPECS) {
    const number = String(from / SPECS + 1).padStart(2, '0');
    writeFileSync(join(folder, `${number}.spec.ts`), suiteOf(specs.slice(from, from + SPECS)));
  }
}

function suiteOf(specs) {
  return `import { createRequire } from 'node:module';
import { describe } from '@jest/globals';

const load = createRequire(import.meta.url);
for (const spec of ${JSON.stringify(specs)})
  describe(spec, () => {
    load(\`../\${spec}\`);
  });
`;
}
