import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fingerprint from './build/fingerprint.cjs';

let checkout;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'threadline-bootstrap-'));
  for (const file of ['bootstrap.cjs', 'build/fingerprint.cjs', 'run/stages.cjs']) {
    cpSync(resolve(import.meta.dirname, file), join(checkout, 'tools', file), { recursive: true });
  }
  writeFileSync(join(checkout, 'package-lock.json'), '{}');
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

/** Runs the bootstrap with an `npm` that only writes down how it was called, and does what else it is told to. */
function bootstrap(further = '') {
  const fake = join(checkout, 'fake');
  mkdirSync(fake, { recursive: true });
  const script = `#!/bin/sh\n${further}\nenv > "${join(checkout, 'npm-environment')}"\necho "$@" > "${join(checkout, 'npm-call')}"\nmkdir -p node_modules/.bin; touch node_modules/.bin/node\n`;
  writeFileSync(join(fake, 'npm'), script, { mode: 0o755 });
  const env = {
    ...process.env,
    PATH: `${checkout}/node_modules/.bin:${fake}:/usr/bin:/bin`,
    npm_config_user_agent: 'npm',
  };
  return spawnSync(process.execPath, [join(checkout, 'tools/bootstrap.cjs')], { env, encoding: 'utf8' });
}

describe('the bootstrap', () => {
  it('installs what the lock file pins, once', () => {
    assert.equal(bootstrap().status, 0);
    assert.equal(readFileSync(join(checkout, 'npm-call'), 'utf8'), 'ci\n');
    rmSync(join(checkout, 'npm-call'));
    const second = bootstrap();
    assert.deepEqual([second.status, second.stdout], [0, '']);
    assert.ok(!existsSync(join(checkout, 'npm-call')));
  });

  it('installs again when the lock file has changed', () => {
    bootstrap();
    rmSync(join(checkout, 'npm-call'));
    writeFileSync(join(checkout, 'package-lock.json'), '{"lockfileVersion":3}');
    bootstrap();
    assert.ok(existsSync(join(checkout, 'npm-call')));
  });

  describe('of packages for some platforms only', () => {
    const lock = (os) => {
      const optionalDependencies = { 'for-some': '1.0.0' };
      const packages = { '': { optionalDependencies }, 'node_modules/for-some': { os, cpu: [process.arch] } };
      writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify({ packages }));
    };
    const count = `echo x >> "$(dirname "$0")/calls"`;
    const calls = () => readFileSync(join(checkout, 'fake', 'calls'), 'utf8').length / 2;
    const fetch = 'mkdir -p node_modules/for-some; touch node_modules/for-some/package.json';

    it('fetches one again that npm left out', () => {
      lock(process.platform);
      const { status, stdout } = bootstrap(`if [ -e "$(dirname "$0")/calls" ]; then ${fetch}; fi; ${count}`);
      assert.deepEqual([status, calls()], [0, 2]);
      assert.match(stdout, /npm left out for-some/);
    });

    it('says which one cannot be fetched, and takes nothing for installed', () => {
      lock([process.platform]);
      for (const times of [2, 4]) {
        const { status, stderr } = bootstrap(count);
        assert.deepEqual([status, calls()], [1, times]);
        assert.match(stderr, /npm could not fetch for-some\. Look at the network/);
      }
    });

    it('misses none of another platform', () => {
      lock(['plan9']);
      assert.equal(bootstrap(count).status, 0);
      assert.equal(calls(), 1);
    });
  });

  it('gives npm neither the Node that it is about to replace nor what another npm says of itself', () => {
    bootstrap();
    const environment = readFileSync(join(checkout, 'npm-environment'), 'utf8');
    assert.doesNotMatch(environment, /^PATH=.*node_modules/m);
    assert.doesNotMatch(environment, /^npm_/m);
  });

  it('does not install through a link, which would empty the folder it leads to', () => {
    const elsewhere = join(checkout, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(checkout, 'node_modules'));
    const { status, stderr } = bootstrap();
    assert.equal(status, 1);
    assert.match(stderr, /node_modules is a link: installing would empty the folder it leads to/);
    assert.ok(!existsSync(join(checkout, 'npm-call')));
  });
});

describe('the fingerprint of the sources', () => {
  const write = (file, text) => {
    mkdirSync(join(checkout, file, '..'), { recursive: true });
    writeFileSync(join(checkout, file), text);
    return fingerprint.sourcesOf(checkout);
  };

  it('changes with a source, and not with a test or what the build itself writes', () => {
    const first = write('api/src/main.ts', 'one');
    assert.equal(write('api/src/main.spec.ts', 'a test'), first);
    assert.equal(write('api/src/metadata.ts', 'generated'), first);
    assert.equal(write('api/node_modules/x/index.js', 'a package'), first);
    assert.notEqual(write('api/src/main.ts', 'two'), first);
    assert.equal(write('api/src/main.ts', 'one'), first);
    assert.notEqual(write('web/src/app/added.ts', ''), first);
  });
});
