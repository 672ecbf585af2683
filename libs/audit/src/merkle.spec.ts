import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BLOCK, blocksToRead, rootsOfBlocks } from './blocks';
import { fromHex, leafBytes, toHex } from './hashing';
import { consistencyProof, inclusionProof, rootOf, rootsOf, verifyConsistency, verifyInclusion } from './merkle';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
/** The leaves that Certificate Transparency's reference implementation tests with. */
const DATA = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const LEAVES = DATA.map((hex) => sha256(leafBytes(fromHex(hex))));
const leaves = (from: number, to: number) => LEAVES.slice(from, to);
const roots = rootsOf(sha256, LEAVES);
const root = (size: number) => rootOf(sha256, leaves(0, size));

describe('the Merkle tree (RFC 9162)', () => {
  it('of nothing is the hash of nothing, and has the known roots of the reference leaves', () => {
    expect(toHex(root(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(root(1))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(toHex(root(8))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  const sizes = Array.from({ length: 8 }, (_, at) => at + 1);

  it.each(sizes)('of %i leaves proves each of them, and nothing else', (size) => {
    for (let index = 0; index < size; index++) {
      const path = inclusionProof(roots, index, size);
      const proof = { leaf: LEAVES[index] as Uint8Array, index, size, path, root: root(size) };
      expect(verifyInclusion(sha256, proof)).toBe(true);
      expect(verifyInclusion(sha256, { ...proof, leaf: sha256(fromHex('ff')) })).toBe(false);
      expect(verifyInclusion(sha256, { ...proof, root: root(size - 1) })).toBe(false);
      expect(verifyInclusion(sha256, { ...proof, index: size })).toBe(false);
      expect(verifyInclusion(sha256, { ...proof, path: [...path, root(1)] })).toBe(false);
      if (path.length > 0) expect(verifyInclusion(sha256, { ...proof, path: path.slice(1) })).toBe(false);
    }
  });

  it.each(sizes)('of %i leaves is shown to go on from every smaller one', (size) => {
    for (let old = 1; old <= size; old++) {
      const path = consistencyProof(roots, old, size);
      const proof = { old, oldRoot: root(old), size, root: root(size), path };
      expect(verifyConsistency(sha256, proof)).toBe(true);
      expect(verifyConsistency(sha256, { ...proof, oldRoot: sha256(fromHex('ff')) })).toBe(false);
      expect(verifyConsistency(sha256, { ...proof, root: sha256(fromHex('ff')) })).toBe(false);
      expect(verifyConsistency(sha256, { ...proof, path: [...path, root(1)] })).toBe(false);
    }
  });

  it('has no proof of what is not in it', () => {
    expect(() => inclusionProof(roots, 3, 3)).toThrow(RangeError);
    expect(() => consistencyProof(roots, 4, 3)).toThrow(RangeError);
  });

  it('gives the same proofs from the roots of blocks and the leaves of two of them', () => {
    const many = Array.from({ length: 3 * BLOCK + 77 }, (_, at) => sha256(leafBytes(Uint8Array.of(at >> 8, at & 255))));
    const every = rootsOf(sha256, many);
    const blockRoots = [0, 1, 2].map((block) => every(block * BLOCK, (block + 1) * BLOCK));
    const kept = (at: number, size: number) =>
      rootsOfBlocks(sha256, {
        roots: blockRoots,
        leaves: new Map(blocksToRead(at, size).map((block) => [block, many.slice(block * BLOCK, (block + 1) * BLOCK)])),
      });
    for (const size of [1, 77, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK - 1, many.length]) {
      expect(kept(0, size)(0, size)).toEqual(every(0, size));
      for (const index of [0, 1, 511, 512, 700, size - 1].filter((one) => one < size)) {
        expect(inclusionProof(kept(index, size), index, size)).toEqual(inclusionProof(every, index, size));
        const [old, proof] = [index + 1, consistencyProof(kept(index, size), index + 1, size)];
        expect(proof).toEqual(consistencyProof(every, old, size));
      }
    }
    expect(() => kept(0, many.length)(BLOCK, BLOCK + 3)).toThrow(RangeError);
  });
});
