import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type Person, TestApp } from '../test';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const SDK = join(ROOT, 'libs/python-sdk');
const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;

describe('the Python SDK', () => {
  let app: TestApp;
  let ada: Person;
  let folder: string;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    folder = await mkdtemp(join(tmpdir(), 'threadline-python-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await app?.stop();
  });

  /** Runs a test module of the SDK. Answers what it says; fails with it when a test failed. */
  const tests = async (module: string, env: Record<string, string>) => {
    const { stderr } = await run('python3', ['-B', '-m', 'unittest', '-v', `tests.${module}`], {
      cwd: SDK,
      env: { ...process.env, ...env },
    });
    return stderr;
  };

  it('is what the API describes (node tools/build/python-sdk.mjs writes it)', async () => {
    const description = await app.stranger.get<object>('/api/openapi.json');
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(description.body));
    const { stdout } = await run(process.execPath, [join(ROOT, 'tools/build/python-sdk.mjs'), file, '--check']);
    expect(stdout).toContain('is what the API describes');
  });

  // Where there is no Python there is nobody to use it.
  if (!python) return;

  it('makes, reads, changes and turns pages against a running server', async () => {
    const permissions = ['leads:read', 'leads:write', 'leads:delete', 'messages:read', 'messages:send', 'events:read'];
    const made = await ada.post<{ key: string }>('/api/api-keys', { name: 'Python', permissions });
    expect(await tests('test_api', { THREADLINE_URL: app.url, THREADLINE_KEY: made.body.key })).toMatch(/^OK/m);
  });

  it('tries again what may be tried again, and nothing else', async () => {
    expect(await tests('test_transport', {})).toMatch(/^OK/m);
  });

  it('verifies what the public standardwebhooks package signs', async () => {
    const now = Math.floor(app.clock.millis() / 1000);
    const bodies = [
      '{"id":"1"}',
      '{ "text": "Grüße 😀", "number": 1.0 }',
      JSON.stringify({ long: 'x'.repeat(20_000) }),
    ];
    const vectors = bodies.map((body, index) => {
      const secret = `whsec_${Buffer.alloc(32, index + 1).toString('base64')}`;
      const id = `event-${index}`;
      const signature = new Webhook(secret).sign(id, new Date(now * 1000), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signature };
      return { secret, body, headers, now };
    });
    const file = join(folder, 'vectors.json');
    await writeFile(file, JSON.stringify(vectors));
    expect(await tests('test_webhooks', { WEBHOOK_VECTORS: file })).toMatch(/^OK/m);
  });
});
