// Copies the packages that the built API needs at run time, and no others, to the folder named as the argument:
// what its bundle imports, and whatever that depends on. The tools that built it stay behind.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { apiBundle } from '../build/bundle.mjs';

const root = resolve(import.meta.dirname, '../..');
const [destination] = process.argv.slice(2);
if (!destination) throw new Error('Name the folder to copy to.');

const { metafile } = await build({ ...apiBundle(), write: false, metafile: true });
const imported = Object.values(metafile.outputs)
  .flatMap((output) => output.imports)
  .filter(({ external }) => external)
  .map(({ path }) => packageName(path))
  .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));

const needed = new Set();
for (const name of new Set(imported)) collect(name, root);
for (const folder of needed) {
  const inside = (file) => file === folder || !file.slice(folder.length).startsWith('/node_modules');
  cpSync(folder, join(resolve(destination), folder.slice(root.length)), { recursive: true, filter: inside });
}
console.log(`${needed.size} packages copied.`);

/** A package and what it depends on, as Node would find them from `from`. Peers count where they are installed. */
function collect(name, from) {
  const folder = locate(name, from);
  if (!folder || needed.has(folder)) return;
  needed.add(folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const peers = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
  for (const next of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) collect(next, folder);
}

function locate(name, from) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}

function packageName(path) {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}
