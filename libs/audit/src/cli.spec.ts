import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryHash, GENESIS } from './chain';
import { type CheckpointBody, signedBytes } from './checkpoint';
import { toHex } from './hashing';
import { rootOf } from './merkle';
import { nodeCryptography } from './node-cryptography';

const { sha256 } = nodeCryptography;
const lib = resolve(import.meta.dirname, '..');

/** The command as people run it, built from these sources. */
async function command(...words: string[]): Promise<{ code: number; out: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(lib, 'bin/threadline-audit.mjs'), ...words]);
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: `${stdout}${stderr}` };
  }
}

describe('threadline-audit', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [resolve(lib, '../../tools/build/audit.mjs')]);
    folder = await mkdtemp(join(tmpdir(), 'threadline-audit-'));
    const hashes: Uint8Array[] = [];
    const lines = Array.from({ length: 5 }, (_, at) => {
      const entry = { seq: at + 1, action: `act ${at + 1}`, workspaceId: 'w' };
      hashes.push(entryHash(sha256, entry, hashes.at(-1) ?? GENESIS));
      return { entry, hash: toHex(hashes.at(-1) ?? GENESIS) };
    });
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const body: CheckpointBody = {
      workspaceId: 'w',
      size: 5,
      root: toHex(rootOf(sha256, hashes)),
      head: lines.at(-1)?.hash ?? '',
      at: '2026-11-21T12:00:00.000Z',
      previous: null,
    };
    const signature = sign(null, signedBytes(body), privateKey).toString('base64');
    const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
    const text = (some: object[]) => some.map((line) => `${JSON.stringify(line)}\n`).join('');
    await writeFile(file('good.jsonl'), text(lines));
    await writeFile(file('cut.jsonl'), text(lines.slice(0, 4)));
    await writeFile(file('edited.jsonl'), text(lines).replace('act 3', 'act 9'));
    await writeFile(file('checkpoint.json'), JSON.stringify({ ...body, signature, publicKey: key }, null, 2));
    await writeFile(file('checkpoints.jsonl'), text([{ ...body, signature, publicKey: key }]));
    await writeFile(file('prose.txt'), 'Dear auditor,\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds nothing in a good export, and says what it cannot tell', async () => {
    const alone = await command('verify', file('good.jsonl'));
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('Nothing is wrong with these 5 entries.');
    expect(alone.out).toContain('missing at the end');
    for (const checkpoint of ['checkpoint.json', 'checkpoints.jsonl']) {
      const checked = await command('verify', file('good.jsonl'), '--checkpoint', file(checkpoint));
      expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('5 entries and 1 checkpoint(s)') });
    }
  });

  it('names the first entry that was edited', async () => {
    const { code, out } = await command('verify', file('edited.jsonl'));
    expect(code).toBe(1);
    expect(out).toContain('entry 3: its hash does not follow');
  });

  it('finds an end that was cut off, with a checkpoint', async () => {
    expect((await command('verify', file('cut.jsonl'))).code).toBe(0);
    const { code, out } = await command('verify', file('cut.jsonl'), '--checkpoint', file('checkpoint.json'));
    expect(code).toBe(1);
    expect(out).toContain('its end is gone');
  });

  it.each([
    ['nothing', []],
    ['another command', ['sign', 'x']],
    ['an unknown option', ['verify', 'x', '--force']],
    ['a proof of nothing', ['prove', 'good.jsonl']],
    ['a proof of an entry there is not', ['prove', 'good.jsonl', '--entry', '9', '--checkpoint', 'checkpoints.jsonl']],
    ['a proof of more than there is', ['prove', 'good.jsonl', '--from', '2', '--to', '9']],
    ['a proof that is none', ['verify-proof', 'prose.txt']],
    ['a file that is not there', ['verify', 'nowhere.jsonl']],
    ['a file that is no export', ['verify', 'prose.txt']],
    ['a checkpoint that is none', ['verify', 'good.jsonl', '--checkpoint', 'prose.txt']],
  ])('cannot check %s, and says so in words', async (_, words) => {
    const { code, out } = await command(...words.map((word) => (/\.(jsonl|txt)$/.test(word) ? file(word) : word)));
    expect(code).toBe(2);
    expect(out).not.toContain('    at ');
  });

  it('proves one entry from an export, and anybody checks the proof against the checkpoint', async () => {
    const made = await command('prove', file('good.jsonl'), '--entry', '3', '--checkpoint', file('checkpoint.json'));
    expect(made.code).toBe(0);
    await writeFile(file('proof.json'), made.out);
    const checked = await command('verify-proof', file('proof.json'), '--checkpoint', file('checkpoint.json'));
    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('entry 3 is in the log of 5 entries') });
    await writeFile(file('forged.json'), made.out.replace('act 3', 'act 9'));
    const forged = await command('verify-proof', file('forged.json'), '--checkpoint', file('checkpoint.json'));
    expect(forged).toMatchObject({ code: 1, out: expect.stringContaining('not the one that was chained') });
  });

  it('proves that one log is the beginning of another', async () => {
    const made = await command('prove', file('good.jsonl'), '--from', '2', '--to', '5');
    await writeFile(file('consistency.json'), made.out);
    const checked = await command('verify-proof', file('consistency.json'), '--checkpoint', file('checkpoint.json'));
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('the log of 2 entries is the beginning of the log of 5');
    expect(checked.out).toContain('Whether the log of 2 entries was this one');
  });
});
