import { describe, expect, it } from '@jest/globals';
import { getPublicKey, sign, utils } from '@noble/ed25519';
import {
  type Checkpoint,
  type ExportedEntry,
  entryHash,
  Frontier,
  GENESIS,
  signedBytes,
  toHex,
} from '@threadline/audit';
import { browserCryptography, fingerprint, keyBytes } from './browser-cryptography';
import { checkpointsIn, NotAnExport, type OfflineProgress, verifyOffline } from './offline-verification.rules';

const { sha256 } = browserCryptography;
const secret = utils.randomSecretKey();
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const publicKey = base64(getPublicKey(secret));

/** A log of so many entries, as it is exported, and the checkpoint over all of it. */
function exported(size: number): { lines: string[]; checkpoint: Checkpoint } {
  const frontier = new Frontier(sha256);
  let previous: Uint8Array = GENESIS;
  const lines = Array.from({ length: size }, (_, at) => {
    const entry: ExportedEntry['entry'] = { seq: at + 1, action: 'lead.updated.v1', name: 'Zoë 🙂', v: 1 };
    previous = entryHash(sha256, entry, previous);
    frontier.add(previous);
    return JSON.stringify({ entry, hash: toHex(previous), opened: {} });
  });
  const body = {
    workspaceId: 'w',
    size,
    root: toHex(frontier.root()),
    head: toHex(previous),
    at: 'now',
    previous: null,
  };
  return { lines, checkpoint: { ...body, signature: base64(sign(signedBytes(body), secret)), publicKey } };
}

/** A stream that cuts lines and characters wherever it likes. */
function streamed(text: string, piece = 7): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const read = () => {
    const value = bytes.slice(at, (at += piece));
    return Promise.resolve(value.length > 0 ? { done: false, value } : { done: true, value: undefined });
  };
  return { getReader: () => ({ read }) } as unknown as ReadableStream<Uint8Array>;
}

const verified = (lines: string[], checkpoints: object[] = [], key?: string) => {
  const text = `${lines.join('\n')}\n`;
  const texts = checkpoints.map((each) => JSON.stringify(each));
  return verifyOffline(
    { log: streamed(text), total: text.length, checkpoints: texts, key },
    browserCryptography,
    () => {},
  );
};

describe('an exported audit log, verified in the browser', () => {
  it('is whole, wherever the file is cut while it is read', async () => {
    const { lines, checkpoint } = exported(9);
    const result = await verified(lines, [checkpoint], publicKey);
    expect(result).toMatchObject({ ok: true, entries: 9, found: 0, firstBroken: null, cannotTell: [], checkpoints: 1 });
    expect([result.root, result.keys]).toEqual([checkpoint.root, [publicKey]]);
  });

  it('names the first entry that was edited', async () => {
    const { lines } = exported(9);
    lines[4] = lines[4]?.replace('lead.updated', 'lead.deleted') ?? '';
    expect(await verified(lines)).toMatchObject({ ok: false, firstBroken: 5, found: 1 });
  });

  it('says what cannot be known without a checkpoint, and finds with one that the end is gone', async () => {
    const { lines, checkpoint } = exported(9);
    const short = lines.slice(0, 6);
    const without = await verified(short);
    expect([without.ok, without.cannotTell.join()]).toEqual([true, expect.stringContaining('missing at the end')]);
    expect(await verified(short, [checkpoint])).toMatchObject({ ok: false, firstBroken: null });
  });

  it('takes no checkpoint that another key signed, or that was altered', async () => {
    const { lines, checkpoint } = exported(3);
    const forged = { ...checkpoint, at: 'earlier' };
    expect((await verified(lines, [forged])).findings[0]?.what).toContain('not signed');
    const other = base64(getPublicKey(utils.randomSecretKey()));
    expect(await verified(lines, [checkpoint], other)).toMatchObject({ ok: false, keys: [publicKey] });
  });

  it('tells how far it has come', async () => {
    const { lines } = exported(4_100);
    const text = lines.join('\n');
    const heard: OfflineProgress[] = [];
    const question = { log: streamed(text, 65_536), total: text.length, checkpoints: [] };
    await verifyOffline(question, browserCryptography, (progress) => heard.push(progress));
    expect(heard.map(({ lines: read }) => read)).toEqual([2_000, 4_000, 4_100]);
    expect(heard.at(-1)?.bytes).toBe(text.length);
  });

  it('says of another file what it is not', async () => {
    await expect(verified(['"seq","time"', '"1","now"'])).rejects.toThrow('Line 1 is no entry of an audit log');
    await expect(verified(exported(1).lines, [{ color: 'red' }])).rejects.toBeInstanceOf(NotAnExport);
    const empty = { log: streamed(''), total: 0, checkpoints: [] };
    await expect(verifyOffline(empty, browserCryptography, () => {})).rejects.toThrow('empty');
  });

  it('reads checkpoints one to a file, in a list, or one to a line', () => {
    const { checkpoint } = exported(2);
    const one = JSON.stringify(checkpoint);
    expect(checkpointsIn(one)).toEqual([checkpoint]);
    expect(checkpointsIn(`[${one},${one}]`)).toHaveLength(2);
    expect(checkpointsIn(`${one}\n${one}\n`)).toHaveLength(2);
  });

  it('shows a key as people compare it', () => {
    expect(fingerprint(publicKey)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    expect(fingerprint('no key')).toBe('');
    expect(keyBytes(` ${publicKey} `)).toHaveLength(32);
  });
});
