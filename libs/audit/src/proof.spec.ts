import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { entryHash, GENESIS } from './chain';
import { type Checkpoint, type CheckpointBody, signedBytes } from './checkpoint';
import { toHex } from './hashing';
import { consistencyProof, inclusionProof, rootsOf } from './merkle';
import { nodeCryptography } from './node-cryptography';
import { type ConsistencyProof, type InclusionProof, verifyProof } from './proof';

const { sha256 } = nodeCryptography;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');

const entries = Array.from({ length: 40 }, (_, at) => ({ action: `act ${at}`, seq: at + 1, workspaceId: 'w' }));
const leaves: Uint8Array[] = [];
for (const entry of entries) leaves.push(entryHash(sha256, entry, leaves.at(-1) ?? GENESIS));
const roots = rootsOf(sha256, leaves);
const tree = (size: number) => ({ size, root: toHex(roots(0, size)) });

function checkpoint(size: number, change: Partial<CheckpointBody> = {}): Checkpoint {
  const head = toHex(leaves[size - 1] ?? GENESIS);
  const body = { workspaceId: 'w', ...tree(size), head, at: '2026-11-21T12:00:00.000Z', previous: null, ...change };
  return { ...body, signature: sign(null, signedBytes(body), privateKey).toString('base64'), publicKey: rawKey };
}

const inclusion = (index: number, size: number): InclusionProof => ({
  kind: 'inclusion',
  leafIndex: index,
  treeSize: size,
  leaf: toHex(leaves[index] as Uint8Array),
  previous: toHex(leaves[index - 1] ?? GENESIS),
  path: inclusionProof(roots, index, size).map(toHex),
  entry: entries[index] as InclusionProof['entry'],
  checkpoint: checkpoint(size),
});
const consistency = (from: number, to: number): ConsistencyProof => ({
  kind: 'consistency',
  from: tree(from),
  to: tree(to),
  path: consistencyProof(roots, from, to).map(toHex),
});
const check = (proof: InclusionProof | ConsistencyProof, kept: Checkpoint[] = [], key?: string) =>
  verifyProof(nodeCryptography, proof, kept, key);

describe('a proof', () => {
  it('that an entry is in the log holds against the checkpoint that was kept, with nothing left open', async () => {
    for (const [index, size] of [
      [0, 1],
      [0, 40],
      [17, 33],
      [39, 40],
    ] as const) {
      const proof = inclusion(index, size);
      expect(await check(proof, [checkpoint(size)], rawKey)).toEqual({ ok: true, findings: [], cannotTell: [] });
    }
  });

  it('says what it cannot tell without a checkpoint and a key of one’s own', async () => {
    const { ok, cannotTell } = await check(inclusion(3, 40));
    expect(ok).toBe(true);
    expect(cannotTell).toHaveLength(2);
  });

  it.each([
    ['the entry was edited', { entry: { action: 'other', seq: 8, workspaceId: 'w' } }, 'not the one that was chained'],
    ['it is another entry’s', { leafIndex: 8 }, 'not in the log'],
    ['a hash of the way was changed', { path: [tree(3).root, ...inclusion(7, 40).path.slice(1)] }, 'not in the log'],
    ['the way is too short', { path: inclusion(7, 40).path.slice(1) }, 'not in the log'],
    ['the entry before was another', { previous: tree(2).root }, 'not the one that was chained'],
    [
      'its checkpoint is of another workspace',
      { checkpoint: checkpoint(40, { workspaceId: 'v' }) },
      'another workspace',
    ],
    ['its checkpoint was altered', { checkpoint: { ...checkpoint(40), at: 'later' } }, 'not signed'],
    ['it holds no hash', { path: ['zz'] }, 'no hash'],
  ])('is refused when %s', async (_, change, words) => {
    const { ok, findings } = await check({ ...inclusion(7, 40), ...change }, [checkpoint(40)], rawKey);
    expect(ok).toBe(false);
    expect(findings.join()).toContain(words);
  });

  it('from a log that was written anew does not hold against the checkpoint that was kept', async () => {
    const kept = checkpoint(40, { root: tree(12).root });
    expect((await check(inclusion(7, 40), [kept], rawKey)).findings.join()).toContain('was another');
  });

  it('that one log goes on from another holds between two checkpoints that were kept, and no other', async () => {
    expect(await check(consistency(11, 40), [checkpoint(11), checkpoint(40)], rawKey)).toEqual({
      ok: true,
      findings: [],
      cannotTell: [],
    });
    expect((await check(consistency(11, 40))).cannotTell.join()).toContain('11 and of 40');
    const forged = { ...consistency(11, 40), from: { size: 11, root: tree(10).root } };
    expect((await check(forged)).findings.join()).toContain('not the beginning');
    const rewritten = checkpoint(11, { root: tree(10).root });
    expect((await check(consistency(11, 40), [rewritten], rawKey)).ok).toBe(false);
  });
});
