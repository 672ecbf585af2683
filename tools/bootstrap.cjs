'use strict';
// Runs before everything else, on whatever Node the machine has and before there is a node_modules: CommonJS, no
// dependencies. Installs what the lock file pins and, with --build, builds; does nothing that is up to date.
const { spawn } = require('node:child_process');
const { existsSync, lstatSync, readFileSync, writeFileSync } = require('node:fs');
const { delimiter, join, resolve } = require('node:path');
const { sha256, sourcesOf } = require('./build/fingerprint.cjs');
const { stage } = require('./run/stages.cjs');

const root = resolve(__dirname, '..');
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const OLDEST_INSTALLER = 20;
const OLDEST_RUNTIME = [24, 15];

main().catch((error) => {
  console.error(`\n  ${error.message}\n`);
  process.exitCode = 1;
});

async function main() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_INSTALLER) {
    throw new Error(`Node ${process.versions.node} is too old: Threadline needs Node ${OLDEST_INSTALLER} or newer.`);
  }
  await install();
  checkRuntime();
  if (process.argv.includes('--build')) await build();
}

async function install() {
  const stamp = join(modules, '.threadline-installed');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = sha256(lock);
  if (read(stamp) === wanted) return;
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) {
    throw new Error(`${modules} is a link: installing would empty the folder it leads to. Remove the link first.`);
  }
  const npm = () => run('npm', ['ci'], cleanEnvironment());
  await stage('Installing packages (about a minute, once)', npm);
  // What is there for some platforms only is optional, and npm goes on without a word when it cannot fetch such a one.
  const packages = JSON.parse(lock).packages ?? {};
  if (leftOut(packages).length > 0) await stage(`Installing again: npm left out ${leftOut(packages).join(', ')}`, npm);
  const missing = leftOut(packages);
  if (missing.length > 0) {
    throw new Error(
      `npm could not fetch ${missing.join(', ')}. Look at the network, or at the registry that npm is set to use, and start again.`,
    );
  }
  writeFileSync(stamp, wanted);
}

/** The packages for this platform that the project itself asks for and npm did not install. */
function leftOut(packages) {
  return Object.keys(packages['']?.optionalDependencies ?? {}).filter((name) => {
    const { os, cpu } = packages[`node_modules/${name}`] ?? {};
    const fits = [os, cpu].every(
      (wanted, n) => !wanted || [wanted].flat().includes([process.platform, process.arch][n]),
    );
    return fits && !existsSync(join(modules, name, 'package.json'));
  });
}

/** The pinned Node comes with the packages; where there is none for the platform, the machine's own must do. */
function checkRuntime() {
  if (existsSync(join(bin, 'node'))) return;
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_RUNTIME;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(
    `There is no packaged Node for ${process.platform} on ${process.arch}, and Node ${process.versions.node} is too old: install Node ${OLDEST_RUNTIME.join('.')} or newer.`,
  );
}

async function build() {
  const stamp = join(root, 'dist', '.built');
  const sources = sourcesOf(root);
  const complete = ['dist/api/main.mjs', 'dist/web/browser/index.html'].every((file) => existsSync(join(root, file)));
  if (complete && read(stamp) === sources) return;
  const nx = join(modules, 'nx', 'dist', 'bin', 'nx.js');
  const environment = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), NX_TUI: 'false' };
  const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
  await stage('Building', () =>
    run(node, [nx, 'run-many', '-t', 'build', '-p', 'api,web,audit', '--output-style=static'], environment),
  );
  writeFileSync(stamp, sources);
}

/**
 * npm must run on the machine's Node and not on the one in node_modules, which it removes; and what the calling npm
 * tells its scripts is not meant for another npm.
 */
function cleanEnvironment() {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^npm_/i.test(name)) environment[name] = value;
  }
  environment.PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .join(delimiter);
  return environment;
}

/** Runs a command silently; what it wrote is shown when it fails. */
function run(command, args, env) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-8_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => failed(new Error(`${command} could not be run: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) done();
      else failed(new Error(`${output.trim()}\n\n  "${command} ${args.join(' ')}" ended with ${signal ?? code}.`));
    });
  });
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
