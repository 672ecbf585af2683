import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { entryHash, GENESIS } from './chain';
import { type Checkpoint, type CheckpointBody, signedBytes } from './checkpoint';
import { type Cut, type CutBody, cutBytes } from './cut';
import { fromHex, toHex } from './hashing';
import { Frontier } from './merkle';
import { nodeCryptography } from './node-cryptography';
import { type ExportedEntry, Verifier } from './verify';

const { sha256 } = nodeCryptography;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
const signed = (bytes: Uint8Array) => ({
  signature: sign(null, bytes, privateKey).toString('base64'),
  publicKey: rawKey,
});

function log(size: number): ExportedEntry[] {
  let previous = GENESIS;
  return Array.from({ length: size }, (_, at) => {
    const entry = { seq: at + 1, action: `act ${at + 1}` };
    previous = entryHash(sha256, entry, previous);
    return { entry, hash: toHex(previous) };
  });
}

function treeOf(lines: readonly ExportedEntry[]): Frontier {
  const tree = new Frontier(sha256);
  for (const { hash } of lines) tree.add(fromHex(hash));
  return tree;
}

function cutAfter(lines: readonly ExportedEntry[]): Cut {
  const tree = treeOf(lines);
  const body: CutBody = {
    workspaceId: 'w',
    size: lines.length,
    root: toHex(tree.root()),
    head: lines.at(-1)?.hash ?? '',
    peaks: tree.hashes.map(toHex),
    at: '2026-11-21T12:00:00.000Z',
    reason: 'retention:12',
  };
  return { ...body, ...signed(cutBytes(body)) };
}

function checkpointOf(lines: readonly ExportedEntry[]): Checkpoint {
  const body: CheckpointBody = {
    workspaceId: 'w',
    size: lines.length,
    root: toHex(treeOf(lines).root()),
    head: lines.at(-1)?.hash ?? '',
    at: '2026-11-21T12:00:00.000Z',
    previous: null,
  };
  return { ...body, ...signed(signedBytes(body)) };
}

async function check(cut: Cut, rest: readonly ExportedEntry[], checkpoints: Checkpoint[] = [], key?: string) {
  const verifier = new Verifier(nodeCryptography, checkpoints);
  verifier.begin(cut);
  for (const line of rest) verifier.add(line);
  return verifier.finish(key);
}

describe('verifying a log that was cut', () => {
  const lines = log(23);

  it.each([1, 2, 7, 8, 13, 16, 22])('goes on from the record of a cut after %i entries', async (size) => {
    const result = await check(cutAfter(lines.slice(0, size)), lines.slice(size), [checkpointOf(lines)], rawKey);
    expect(result).toMatchObject({ ok: true, entries: 23, root: toHex(treeOf(lines).root()) });
    expect(result.cannotTell).toEqual([expect.stringContaining(`the first ${size} entries`)]);
  });

  it('takes a checkpoint of the cut itself, and cannot tell of earlier ones', async () => {
    const cut = cutAfter(lines.slice(0, 10));
    const kept = [checkpointOf(lines.slice(0, 10)), checkpointOf(lines.slice(0, 4))];
    expect(await check(cut, lines.slice(10), kept, rawKey)).toMatchObject({ ok: true, findings: [] });
    const other = log(10).map((line, at) => (at === 9 ? { ...line, hash: toHex(GENESIS) } : line));
    const wrong = await check(cut, lines.slice(10), [checkpointOf(other)], rawKey);
    expect(wrong.findings[0]?.what).toContain('rewritten');
  });

  it('finds what was edited, taken out or put in behind the cut', async () => {
    const cut = cutAfter(lines.slice(0, 10));
    const rest = lines.slice(10);
    const edited = rest.map((line, at) => (at === 3 ? { ...line, entry: { ...line.entry, action: 'other' } } : line));
    expect((await check(cut, edited)).findings[0]?.seq).toBe(14);
    expect((await check(cut, rest.toSpliced(0, 1))).findings[0]?.seq).toBe(12);
    expect((await check(cut, rest.toSpliced(2, 0, ...rest.slice(2, 3)))).ok).toBe(false);
    expect((await check(cut, rest.slice(0, -2), [checkpointOf(lines)])).findings[0]?.what).toContain('its end is gone');
  });

  it('takes no record that was altered, that another key signed, or that stands among the entries', async () => {
    const cut = cutAfter(lines.slice(0, 10));
    const rest = lines.slice(10);
    for (const bad of [
      { ...cut, reason: 'retention:1' },
      { ...cut, signature: 'AAAA' },
      { ...cut, peaks: cut.peaks.slice(1) },
      { ...cut, peaks: ['no hex', ...cut.peaks.slice(1)] },
      { ...cut, root: cut.head },
      { ...cut, publicKey: Buffer.alloc(32).toString('base64') },
    ]) {
      expect((await check(bad, rest, [], rawKey)).ok).toBe(false);
    }
    const verifier = new Verifier(nodeCryptography);
    verifier.add(lines[0] as ExportedEntry);
    verifier.begin(cut);
    expect((await verifier.finish()).findings[0]?.what).toContain('among the entries');
  });
});
