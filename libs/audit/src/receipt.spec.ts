import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ReceiptBody, receiptBytes } from './receipt';

const lib = resolve(import.meta.dirname, '..');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
const body: ReceiptBody = {
  requestId: 'r',
  workspaceId: 'w',
  kind: 'erase',
  subject: 'ab12',
  requestedAt: '2026-11-21T12:00:00.000Z',
  requestedBy: 'u',
  endedAt: '2026-11-21T12:00:05.000Z',
  counts: { leads: 1, messages: 4 },
  fileHash: null,
  audit: { size: 10, root: 'cd', head: 'ef' },
};

describe('threadline-audit verify-receipt', () => {
  let folder: string;
  const write = async (name: string, receipt: object) => {
    await writeFile(join(folder, name), JSON.stringify(receipt, null, 2));
    return join(folder, name);
  };
  const verify = async (...words: string[]): Promise<{ code: number; out: string }> => {
    const command = [join(lib, 'bin/threadline-audit.mjs'), 'verify-receipt', ...words];
    try {
      return { code: 0, out: (await promisify(execFile)(process.execPath, command)).stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: `${stdout}${stderr}` };
    }
  };
  const signature = sign(null, receiptBytes(body), privateKey).toString('base64');

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [resolve(lib, '../../tools/build/audit.mjs')]);
    folder = await mkdtemp(join(tmpdir(), 'threadline-receipt-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says what a good receipt says, and names nobody', async () => {
    const good = await write('good.json', { ...body, signature, publicKey: key });
    const { code, out } = await verify(good, '--key', key);
    expect(code).toBe(0);
    expect(out).toContain('somebody was erased');
    expect(out).toContain('leads 1, messages 4');
    expect(out).not.toContain('cannot tell');
    expect((await verify(good)).out).toContain('compare the public key');
  });

  it.each([
    ['other counts', { ...body, counts: { leads: 0 } }],
    ['another subject', { ...body, subject: 'ff' }],
    ['another place in the audit log', { ...body, audit: { ...body.audit, size: 11 } }],
  ])('finds a receipt with %s', async (_, altered) => {
    const { code, out } = await verify(await write('altered.json', { ...altered, signature, publicKey: key }));
    expect({ code, said: out.includes('Something is wrong') }).toEqual({ code: 1, said: true });
  });

  it('takes no receipt of another key than the one that is known', async () => {
    const good = await write('good.json', { ...body, signature, publicKey: key });
    expect((await verify(good, '--key', Buffer.alloc(32).toString('base64'))).code).toBe(1);
  });

  it('cannot check what is no receipt', async () => {
    expect((await verify(await write('prose.json', { dear: 'auditor' }))).code).toBe(2);
    expect((await verify('nowhere.json')).code).toBe(2);
  });
});
