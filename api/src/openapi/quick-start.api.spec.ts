import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Lead, Page } from '@threadline/contracts';
import { Webhook } from 'standardwebhooks';
import { type Person, TestApp } from '../../test';

const ROOT = resolve(import.meta.dirname, '../../..');
const SDK = join(ROOT, 'libs/api-client');
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const run = promisify(execFile);

/** The README of the SDK, done as it says: the package as it is published, its code blocks as they stand. */
describe('the quick start of the SDK', () => {
  let app: TestApp;
  let ada: Person;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    const permissions = ['leads:read', 'leads:write', 'events:read'];
    const { key } = (await ada.post<{ key: string }>('/api/api-keys', { name: 'Quick start', permissions })).body;
    env = {
      PATH: process.env.PATH,
      THREADLINE_URL: app.url,
      THREADLINE_API_KEY: key,
      THREADLINE_WEBHOOK_SECRET: SECRET,
    };
    folder = await mkdtemp(join(tmpdir(), 'threadline-quick-start-'));
    const installed = join(folder, 'node_modules/threadline-sdk');
    await mkdir(installed, { recursive: true });
    await run('node', [join(ROOT, 'tools/build/sdk.mjs'), join(installed, 'dist')]);
    await cp(join(SDK, 'package.json'), join(installed, 'package.json'));
    for (const name of ['rxjs', 'socket.io-client', '@types', 'undici-types']) {
      await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    await writeFile(join(folder, 'package.json'), '{"type": "module"}');
    for (const [, name, code] of (await readFile(join(SDK, 'README.md'), 'utf8')).matchAll(/```ts (\S+)\n(.*?)```/gs)) {
      await writeFile(join(folder, name ?? ''), code ?? '');
    }
  }, 120_000);
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await app?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (file: string, more: NodeJS.ProcessEnv = {}) => {
    const child = spawn('node', ['--no-warnings', file], { cwd: folder, env: { ...env, ...more }, stdio: 'pipe' });
    started.push(child);
    const heard = { text: '', wrong: '' };
    child.stdout.on('data', (bytes: Buffer) => (heard.text += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (heard.wrong += bytes.toString()));
    return { child, heard };
  };

  it('makes a first call', async () => {
    const { stdout } = await run('node', ['--no-warnings', 'quick-start.ts'], { cwd: folder, env });
    expect(stdout).toBe('Made Lin Weber.\nLin Weber is new.\nThere is a lead with this address already.\n');
    const { body } = await ada.get<Page<Lead>>('/api/leads?q=lin');
    expect(body.items.map(({ email }) => email)).toEqual(['lin@example.com']);
  });

  it('takes a webhook that is signed, and no other', async () => {
    const port = 20_000 + (process.pid % 20_000);
    const { child, heard } = begin('webhooks.ts', { PORT: String(port) });
    const body = JSON.stringify({ id: 'e1', seq: 1, type: 'lead.created' });
    const at = new Date();
    const headers = {
      'webhook-id': 'e1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(SECRET).sign('e1', at, body),
    };
    const answer = async (text: string): Promise<number> => {
      for (;;) {
        // It takes a moment to start; when it has died instead, that says why.
        if (child.exitCode !== null) throw new Error(heard.wrong);
        const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: text }).catch(
          () => null,
        );
        if (response) return response.status;
      }
    };
    expect([await answer(body), await answer(`${body} `)]).toEqual([204, 400]);
    expect(heard.text).toBe('lead.created e1\n');
  });

  it('follows the live stream', async () => {
    const { child, heard } = begin('live.ts');
    const over = once(child, 'exit');
    // Until it has subscribed it hears nothing: make leads until it has heard of one.
    let made = 0;
    while (child.exitCode === null && made < 200) {
      await ada.post('/api/leads', { name: `Live ${(made += 1)}` });
      await app.settle();
    }
    const [code] = (await over) as [number];
    expect([code, heard.wrong]).toEqual([0, '']);
    expect(heard.text).toMatch(/^\d+ lead\.created\n$/);
  }, 60_000);

  it('is read by TypeScript as strictly as there is', async () => {
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const files = ['quick-start.ts', 'webhooks.ts', 'live.ts'];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run('node', [tsc, ...options, ...files], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  }, 60_000);

  it('packs what it needs, and nothing else', async () => {
    const installed = join(folder, 'node_modules/threadline-sdk');
    await cp(join(SDK, 'README.md'), join(installed, 'README.md'));
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
      cwd: installed,
    });
    const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[];
    const paths = packed?.files.map(({ path }) => path) ?? [];
    const { exports } = JSON.parse(await readFile(join(SDK, 'package.json'), 'utf8')) as {
      exports: Record<string, Record<string, string>>;
    };
    for (const file of Object.values(exports).flatMap((each) => Object.values(each))) {
      expect(paths).toContain(file.replace('./', ''));
    }
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md']));
    expect(paths.filter((path) => !/^(?:dist\/.+(?:\.js|\.d\.ts)|package\.json|README\.md)$/.test(path))).toEqual([]);
  });
});
