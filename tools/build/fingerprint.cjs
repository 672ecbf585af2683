'use strict';
// CommonJS without dependencies: the bootstrap reads it before anything is installed.
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

/** What the built API and web app are made of. */
const SOURCES = [
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'api/project.json',
  'api/tsconfig.json',
  'api/tsconfig.metadata.json',
  'api/migrations',
  'api/src',
  'libs',
  'tools/build',
  'web',
];

/** Neither tests nor what the build itself writes. */
const NOT_SOURCES = /(^|\/)(node_modules|metadata\.ts|[^/]*\.spec\.ts|jest\.config\.mjs)$/;

/** @param {string | Buffer} bytes */
exports.sha256 = function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
};

/**
 * One hash over everything that goes into the build: the same hash, the same build.
 * @param {string} root the checkout
 */
exports.sourcesOf = function sourcesOf(root) {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of SOURCES.flatMap((source) => filesBelow(join(root, source), root))) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
};

function filesBelow(path, root) {
  const name = relative(root, path).split(sep).join('/');
  if (NOT_SOURCES.test(name) || !existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesBelow(join(path, entry), root));
}
