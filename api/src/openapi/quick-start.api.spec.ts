import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Lead, Page } from '@threadline/contracts';
import { Webhook } from 'standardwebhooks';
import { freePort } from '../../../tools/postgres/ports.mjs';
import { type Person, TestApp } from '../../test';

const ROOT = resolve(import.meta.dirname, '../../..');
const SDK = join(ROOT, 'libs/api-client');
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const run = promisify(execFile);
// Where there is no Python there is nobody to use it.
const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
const FIRST_CALLS = [
  {
    file: 'quick-start.ts',
    name: 'Lin Weber',
    tag: 'sdk-quick-start',
    says: 'There is a lead with this address already\\.',
  },
  ...(python
    ? [{ file: 'quick_start.py', name: 'Mei Chen', tag: 'python-quick-start', says: 'duplicate Mei Chen' }]
    : []),
];
const RECEIVERS = ['webhooks.ts', ...(python ? ['webhooks.py'] : [])];

/** The READMEs of the SDKs, done as they say: the packages as they are served, the code blocks as they stand. */
describe('the quick start', () => {
  let app: TestApp;
  let ada: Person;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threadline-quick-start-'));
    app = await TestApp.start();
    ada = await app.person('Ada');
    env = {
      PATH: process.env.PATH,
      THREADLINE_URL: app.url,
      THREADLINE_API_KEY: await keyFor(['leads:read', 'leads:write', 'events:read']),
      THREADLINE_WEBHOOK_SECRET: SECRET,
      // A wheel is a zip file, and Python imports from those.
      PYTHONPATH: join(folder, `sdk/threadline-${(await sdk()).version}-py3-none-any.whl`),
    };
    await run('node', [join(ROOT, 'tools/build/sdk-packages.mjs'), join(folder, 'sdk')]);
    const installed = join(folder, 'node_modules/threadline-sdk');
    await mkdir(installed, { recursive: true });
    await run('tar', ['-xzf', join(folder, 'sdk/threadline-sdk.tgz'), '-C', installed, '--strip-components=1']);
    for (const name of ['rxjs', 'socket.io-client', '@types', 'undici-types']) {
      await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    await writeFile(join(folder, 'package.json'), '{"type": "module"}');
    for (const readme of [join(SDK, 'README.md'), join(ROOT, 'libs/python-sdk/README.md')]) {
      for (const [, name, code] of (await readFile(readme, 'utf8')).matchAll(/```(?:ts|python) (\S+)\n(.*?)```/gs)) {
        await writeFile(join(folder, name ?? ''), code ?? '');
      }
    }
  }, 120_000);
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await app?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const keyFor = async (permissions: string[]) =>
    (await ada.post<{ key: string }>('/api/api-keys', { name: 'Quick start', permissions })).body.key;
  const commandOf = (file: string): [string, string[]] =>
    file.endsWith('.py') ? ['python3', [file]] : ['node', ['--no-warnings', file]];
  const begin = (file: string, more: NodeJS.ProcessEnv = {}) => {
    const child = spawn(...commandOf(file), { cwd: folder, env: { ...env, ...more }, stdio: 'pipe' });
    started.push(child);
    const heard = { text: '', wrong: '' };
    child.stdout.on('data', (bytes: Buffer) => (heard.text += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (heard.wrong += bytes.toString()));
    return { child, heard };
  };

  it.each(FIRST_CALLS)('makes a first call: $file, and again', async ({ file, name, tag, says }) => {
    for (const times of [1, 2]) {
      const { stdout } = await run(...commandOf(file), { cwd: folder, env });
      const line = `${name} is new\\.?\n`;
      expect(stdout).toMatch(new RegExp(`^Made ${name}\\.\n(?:${line}){${times}}${says}\n$`));
      const { body } = await ada.get<Page<Lead>>(`/api/leads?tag=${tag}`);
      expect(body.items).toHaveLength(times);
    }
  });

  it.each(RECEIVERS)('takes a webhook that is signed, and no other: %s', async (file) => {
    const port = await freePort();
    const { child, heard } = begin(file, { PORT: String(port) });
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

  it('is packed with what it needs, and nothing else', async () => {
    const { stdout } = await run('tar', ['-tzf', join(folder, 'sdk/threadline-sdk.tgz')]);
    const paths = stdout.trim().split('\n');
    for (const file of Object.values((await sdk()).exports).flatMap((each) => Object.values(each))) {
      expect(paths).toContain(file.replace('./', 'package/'));
    }
    expect(paths).toEqual(expect.arrayContaining(['package/package.json', 'package/README.md']));
    expect(
      paths.filter((path) => !/^package\/(?:dist\/.+(?:\.js|\.d\.ts)|package\.json|README\.md)$/.test(path)),
    ).toEqual([]);
  });

  it.each([
    ['a key that is none', 'Sign in to continue.', () => Promise.resolve('tl_none')],
    ['a key that may not', 'This needs the permission events:read.', async () => keyFor(['leads:read'])],
  ])('says why the live stream is refused: %s', async (_, words, key) => {
    const { child, heard } = begin('live.ts', { THREADLINE_API_KEY: await key() });
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, heard.text]).toEqual([1, '']);
    expect(heard.wrong).toContain(`ThreadlineProblem: `);
    expect(heard.wrong).toContain(words);
  });
});

async function sdk(): Promise<{ version: string; exports: Record<string, Record<string, string>> }> {
  return JSON.parse(await readFile(join(SDK, 'package.json'), 'utf8')) as Awaited<ReturnType<typeof sdk>>;
}
