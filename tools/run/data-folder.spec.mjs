import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { DataFolder } from './data-folder.mjs';
import { secretsOf } from './secrets.mjs';

let path;
let folder;

describe('the secret of a data folder', () => {
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'threadline-folder-'));
    mkdirSync(join(path, 'secrets'));
    folder = new DataFolder(path);
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const file = (name) => join(path, 'secrets', name);

  it('is rotated: a new one, and the old one kept for what was sealed with it', () => {
    const [first] = [folder.appSecret()];
    folder.rotateSecret();
    const second = folder.appSecret();
    assert.notEqual(second, first);
    assert.deepEqual(folder.previousSecrets(), [first]);
    folder.rotated();
    folder.rotateSecret();
    folder.rotated();
    assert.deepEqual(folder.previousSecrets(), [second, first]);
    for (const name of ['app-secret', 'app-secret-previous']) assert.equal(statSync(file(name)).mode & 0o777, 0o600);
  });

  it('goes on with the same new one wherever a rotation was cut off', () => {
    const first = folder.appSecret();
    folder.rotateSecret();
    const second = folder.appSecret();
    // Killed before everything was sealed anew.
    folder.rotateSecret();
    assert.equal(folder.appSecret(), second);
    assert.deepEqual(folder.previousSecrets(), [first]);
    // Killed before the new one was put in its place.
    writeFileSync(file('app-secret'), `${first}\n`);
    folder.rotateSecret();
    assert.equal(folder.appSecret(), second);
    assert.deepEqual(folder.previousSecrets(), [first]);
    assert.equal(readFileSync(file('app-secret-next'), 'utf8').trim(), second);
  });

  it('gives way to one of the environment', () => {
    const first = folder.appSecret();
    folder.rotateSecret();
    assert.deepEqual(secretsOf({}, folder), { APP_SECRET: folder.appSecret(), APP_SECRET_PREVIOUS: first });
    assert.deepEqual(secretsOf({ APP_SECRET: 'mine' }, folder), { APP_SECRET: 'mine', APP_SECRET_PREVIOUS: '' });
    const both = { APP_SECRET: 'mine', APP_SECRET_PREVIOUS: 'before' };
    assert.deepEqual(secretsOf(both, folder), both);
  });
});
