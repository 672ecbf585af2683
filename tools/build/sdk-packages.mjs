// Packs both SDKs into dist/sdk as they are installed: threadline-sdk.tgz for npm, a wheel for pip. The web build serves
// them at /sdk, so that nobody needs a registry, or this checkout, to talk to a Threadline.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { zipSync } from 'fflate';

const root = resolve(import.meta.dirname, '../..');
const outdir = resolve(process.argv[2] ?? join(root, 'dist/sdk'));
/** A zip file bears times; the same sources make the same bytes. */
const BEGINNING = new Date(1980, 0, 1);

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
packForNpm(join(root, 'libs/api-client'));
packForPip(join(root, 'libs/python-sdk'));

function packForNpm(folder) {
  const stage = mkdtempSync(join(tmpdir(), 'threadline-sdk-'));
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'sdk.mjs'), join(stage, 'dist')], { stdio: 'inherit' });
    for (const name of ['package.json', 'README.md']) cpSync(join(folder, name), join(stage, name));
    const pack = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', outdir];
    const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: stage, encoding: 'utf8' }));
    renameSync(join(outdir, filename), join(outdir, 'threadline-sdk.tgz'));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** A wheel is a zip of the package and of what is known of it (the "Binary distribution format" of PyPA). */
function packForPip(folder) {
  const project = readFileSync(join(folder, 'pyproject.toml'), 'utf8');
  const told = (name) => new RegExp(`^${name} = "(.+)"$`, 'm').exec(project)?.[1] ?? missing(name);
  const [name, version] = [told('name'), told('version')];
  const info = `${name}-${version}.dist-info`;
  const files = Object.fromEntries(
    readdirSync(join(folder, name))
      .filter((file) => /\.py$|^py\.typed$/.test(file))
      .sort()
      .map((file) => [`${name}/${file}`, readFileSync(join(folder, name, file))]),
  );
  const about = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, `Summary: ${told('description')}`];
  about.push(`Requires-Python: ${told('requires-python')}`, 'Description-Content-Type: text/markdown');
  files[`${info}/METADATA`] = lines([...about, '', readFileSync(join(folder, 'README.md'), 'utf8')]);
  files[`${info}/WHEEL`] = lines([
    'Wheel-Version: 1.0',
    'Generator: threadline',
    'Root-Is-Purelib: true',
    'Tag: py3-none-any',
  ]);
  const record = Object.entries(files).map(([path, bytes]) => `${path},sha256=${digest(bytes)},${bytes.length}`);
  files[`${info}/RECORD`] = lines([...record, `${info}/RECORD,,`]);
  writeFileSync(join(outdir, `${name}-${version}-py3-none-any.whl`), zipSync(files, { mtime: BEGINNING }));
}

function lines(all) {
  return Buffer.from(`${all.join('\n')}\n`);
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('base64url');
}

function missing(name) {
  throw new Error(`pyproject.toml says no ${name}`);
}
