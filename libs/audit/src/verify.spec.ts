import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { entryHash, GENESIS } from './chain';
import { type Checkpoint, type CheckpointBody, signedBytes } from './checkpoint';
import { fromHex, toHex } from './hashing';
import { Frontier } from './merkle';
import { nodeCryptography } from './node-cryptography';
import { type ExportedEntry, Verifier } from './verify';

const { sha256 } = nodeCryptography;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
/** A log of so many entries, chained from `from` on. */
function log(size: number, text = (seq: number) => `act ${seq}`): ExportedEntry[] {
  let previous = GENESIS;
  return Array.from({ length: size }, (_, at) => {
    const entry = { seq: at + 1, action: text(at + 1) };
    previous = entryHash(sha256, entry, previous);
    return { entry, hash: toHex(previous) };
  });
}

function checkpointOf(lines: readonly ExportedEntry[]): Checkpoint {
  const tree = new Frontier(sha256);
  for (const { hash } of lines) tree.add(fromHex(hash));
  const body: CheckpointBody = {
    workspaceId: 'w',
    size: lines.length,
    root: toHex(tree.root()),
    head: lines.at(-1)?.hash ?? '',
    at: '2026-11-21T12:00:00.000Z',
    previous: null,
  };
  return { ...body, signature: sign(null, signedBytes(body), privateKey).toString('base64'), publicKey: rawKey };
}

function check(lines: readonly ExportedEntry[], checkpoints: Checkpoint[] = [], key?: string) {
  const verifier = new Verifier(nodeCryptography, checkpoints);
  for (const line of lines) verifier.add(line);
  return verifier.finish(key);
}

describe('verifying an export', () => {
  it('finds nothing in an untouched log, and says what it cannot tell without a checkpoint', async () => {
    const result = await check(log(10));
    expect(result).toMatchObject({ ok: true, entries: 10, findings: [] });
    expect(result.cannotTell.join()).toContain('missing at the end');
  });

  it('can tell everything with a checkpoint of all entries and a known key', async () => {
    const lines = log(10);
    expect(await check(lines, [checkpointOf(lines)], rawKey)).toMatchObject({ ok: true, cannotTell: [] });
    const older = await check(lines, [checkpointOf(lines.slice(0, 7))], rawKey);
    expect(older.cannotTell.join()).toContain('the last 3');
  });

  it('names the entry that was edited, and only that one', async () => {
    const lines = log(10);
    const edited = lines.map((line) =>
      line.entry.seq === 4 ? { ...line, entry: { ...line.entry, action: 'nothing' } } : line,
    );
    expect((await check(edited)).findings.map(({ seq }) => seq)).toEqual([4]);
  });

  it.each([
    ['removed', (lines: ExportedEntry[]) => lines.toSpliced(4, 1), 6],
    ['inserted', (lines: ExportedEntry[]) => lines.toSpliced(4, 0, ...lines.slice(4, 5)), 5],
    ['swapped', (lines: ExportedEntry[]) => lines.toSpliced(4, 2, ...lines.slice(4, 6).reverse()), 6],
  ])('finds that an entry was %s', async (_, tamper, first) => {
    const { ok, findings } = await check(tamper(log(10)));
    expect(ok).toBe(false);
    expect(findings[0]?.seq).toBe(first);
  });

  it('names an entry that cannot have been hashed, and one that is written otherwise than it was', async () => {
    const half = log(5).map((line) =>
      line.entry.seq === 3 ? { ...line, entry: { ...line.entry, action: '\ud800' } } : line,
    );
    expect((await check(half)).findings).toEqual([{ seq: 3, what: expect.stringContaining('does not follow') }]);
    const verifier = new Verifier(nodeCryptography);
    for (const line of log(3)) {
      const text = `{"action":"act ${line.entry.seq}","seq":${line.entry.seq}}`;
      verifier.add({ ...line, text: line.entry.seq === 2 ? text.replace('{', '{"seq":9,') : text });
    }
    expect((await verifier.finish()).findings).toEqual([
      { seq: 2, what: expect.stringContaining('written otherwise') },
    ]);
  });

  it('finds a past that was written anew, hashes and all, against a checkpoint', async () => {
    const kept = checkpointOf(log(10));
    const anew = log(12, (seq) => (seq === 3 ? 'something else' : `act ${seq}`));
    expect((await check(anew)).ok).toBe(true);
    expect((await check(anew, [kept])).findings[0]?.what).toContain('rewritten');
  });

  it('finds an end that was cut off, against a checkpoint', async () => {
    const lines = log(10);
    expect((await check(lines.slice(0, 8), [checkpointOf(lines)])).findings[0]?.what).toContain('its end is gone');
  });

  it('takes no checkpoint that another key signed, or whose words were altered', async () => {
    const lines = log(3);
    const good = checkpointOf(lines);
    for (const bad of [
      { ...good, at: '2026-11-21T13:00:00.000Z' },
      { ...good, signature: 'AAAA' },
      { ...good, publicKey: Buffer.alloc(32).toString('base64') },
      { ...good, publicKey: 'not base64!' },
    ]) {
      expect((await check(lines, [bad], rawKey)).findings[0]?.what).toContain('not signed with this key');
    }
  });
});
