// Writes libs/python-sdk/threadline/_types.py and _resources.py from the API's description (dist/openapi.json, or the file
// that is named). With --check it writes nothing, and fails when what is committed is not what the API describes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moduleOfResources, moduleOfTypes } from './python-sdk.templates.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'libs/python-sdk/threadline');

/**
 * The generated modules of the SDK by file name.
 * @param {object} document an OpenAPI 3.1 description
 */
export function pythonModules(document) {
  const operations = operationsOf(document);
  return {
    '_types.py': moduleOfTypes(document, reachable(document, operations)),
    '_resources.py': moduleOfResources(operations),
  };
}

/** What a program can call with an API key, by tag. Everything else is for browsers, directories or the world. */
function operationsOf(document) {
  const found = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { operationId, tags = [], security = document.security } = operation ?? {};
      if (!operationId || !security.some((each) => 'apiKey' in each)) continue;
      const parameters = (operation.parameters ?? []).map((each) => resolved(document, each));
      const item = itemOf(document, operation);
      found.push({ ...operation, path, method: method.toUpperCase(), tag: tags[0] ?? 'Api', parameters, item });
    }
  }
  return found.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

/** The schema of one entry of what an operation lists; undefined where it answers no list. */
function itemOf(document, { responses }) {
  const page = responses[200]?.content?.['application/json']?.schema;
  return page && resolved(document, page).properties?.items?.items;
}

/** By tag, then by name: the order of a description may change, and then nothing should change here. */
function order({ tag, operationId }) {
  return `${tag}.${operationId}`;
}

function resolved(document, value) {
  if (!value.$ref) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], document);
}

/** Names of the schemas that these operations take or answer, and of all that they are made of. */
function reachable(document, operations) {
  const names = new Set();
  const follow = (value) => {
    if (Array.isArray(value)) return value.forEach(follow);
    if (typeof value !== 'object' || value === null) return;
    const name = typeof value.$ref === 'string' ? value.$ref.match(/^#\/components\/schemas\/(.+)$/)?.[1] : undefined;
    if (name && !names.has(name)) {
      names.add(name);
      follow(document.components.schemas[name]);
    }
    for (const [key, each] of Object.entries(value)) if (key !== 'example' && key !== 'examples') follow(each);
  };
  for (const { requestBody, responses, parameters } of operations) {
    const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    follow([requestBody, answers.map(([, answer]) => answer), parameters]);
  }
  return [...names].sort();
}

function main(argv) {
  const check = argv.includes('--check');
  const input = argv.find((each) => !each.startsWith('--')) ?? join(root, 'dist/openapi.json');
  if (!existsSync(input)) throw new Error(`${input} is missing: it is written by "nx run api:openapi".`);
  const modules = pythonModules(JSON.parse(readFileSync(input, 'utf8')));
  const stale = [];
  for (const [file, text] of Object.entries(modules)) {
    const at = join(folder, file);
    if (existsSync(at) && readFileSync(at, 'utf8') === text) continue;
    stale.push(file);
    if (!check) writeFileSync(at, text);
  }
  if (!check || stale.length === 0) return console.log(`libs/python-sdk is what the API describes.`);
  console.error(
    `libs/python-sdk is not what the API describes (${stale.join(', ')}): run "node tools/build/python-sdk.mjs".`,
  );
  process.exitCode = 1;
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) main(process.argv.slice(2));
