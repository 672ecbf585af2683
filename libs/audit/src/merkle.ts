import { nodeBytes, sameBytes, type Sha256 } from './hashing';

/** The root of the tree over the leaves `[from, to)`, from whoever keeps leaves, or roots of subtrees. */
export type Roots = (from: number, to: number) => Uint8Array;

/** The largest power of two below `size`: where RFC 9162 splits a tree. */
export function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The largest power of two that is not above `size`. */
function largestPowerIn(size: number): number {
  let power = 1;
  while (power * 2 <= size) power *= 2;
  return power;
}

/**
 * A Merkle tree that only grows, kept as the roots of its complete subtrees, the largest first: one hash for each bit
 * of its size. Adding is constant on average; the root is a fold from the right.
 */
export class Frontier {
  private readonly peaks: { hash: Uint8Array; size: number }[] = [];
  private leaves: number;
  private watched?: Uint8Array;

  /**
   * @param begun goes on with the tree of so many leaves, whose `hashes` an earlier frontier had
   * @param watch leaves of the subtrees whose roots `subtree` tells, a power of two
   */
  constructor(
    private readonly sha256: Sha256,
    begun: { size: number; hashes: readonly Uint8Array[] } = { size: 0, hashes: [] },
    private readonly watch = 0,
  ) {
    this.leaves = begun.size;
    let rest = begun.size;
    for (const hash of begun.hashes) {
      const size = largestPowerIn(rest);
      this.peaks.push({ hash, size });
      rest -= size;
    }
    if (rest !== 0) throw new RangeError('These are not the complete subtrees of such a tree');
  }

  get size(): number {
    return this.leaves;
  }

  /** Roots of the complete subtrees, the largest first. */
  get hashes(): Uint8Array[] {
    return this.peaks.map(({ hash }) => hash);
  }

  add(leaf: Uint8Array): void {
    this.leaves += 1;
    let peak = { hash: leaf, size: 1 };
    for (let last = this.peaks.at(-1); last?.size === peak.size; last = this.peaks.at(-1)) {
      this.peaks.pop();
      peak = { hash: this.sha256(nodeBytes(last.hash, peak.hash)), size: last.size * 2 };
      if (peak.size === this.watch) this.watched = peak.hash;
    }
    this.peaks.push(peak);
  }

  /** The root of the newest complete subtree of the size that is watched. */
  get subtree(): Uint8Array | undefined {
    return this.watched;
  }

  /** The root of everything added; of nothing it is the hash of nothing. */
  root(): Uint8Array {
    const last = this.peaks.at(-1);
    if (!last) return this.sha256(new Uint8Array());
    return this.peaks.slice(0, -1).reduceRight((right, { hash }) => this.sha256(nodeBytes(hash, right)), last.hash);
  }
}

/** The root of the tree over `leaves[from, to)`. */
export function rootOf(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier(sha256);
  for (const leaf of leaves) frontier.add(leaf);
  return frontier.root();
}

/** The roots of trees over parts of these leaves. */
export function rootsOf(sha256: Sha256, leaves: readonly Uint8Array[]): Roots {
  return (from, to) => rootOf(sha256, leaves.slice(from, to));
}

/** The hashes that lead from leaf `index` to the root of the tree of `size` leaves (RFC 9162, 2.1.3.1). */
export function inclusionProof(roots: Roots, index: number, size: number): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError('There is no such leaf');
  return path(roots, index, 0, size);
}

function path(roots: Roots, index: number, from: number, to: number): Uint8Array[] {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...path(roots, index, from, middle), roots(middle, to)]
    : [...path(roots, index, middle, to), roots(from, middle)];
}

/** Whether a proof leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  sha256: Sha256,
  proof: { leaf: Uint8Array; index: number; size: number; path: readonly Uint8Array[]; root: Uint8Array },
): boolean {
  const { leaf, index, size, root } = proof;
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof.path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = sha256(nodeBytes(sibling, hash));
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = sha256(nodeBytes(hash, sibling));
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** What shows that the tree of `old` leaves is the beginning of the one of `size` (RFC 9162, 2.1.4.1). */
export function consistencyProof(roots: Roots, old: number, size: number): Uint8Array[] {
  if (old < 1 || old > size) throw new RangeError('There is no such tree');
  return subproof(roots, old, { from: 0, to: size }, true);
}

function subproof(roots: Roots, old: number, { from, to }: { from: number; to: number }, whole: boolean): Uint8Array[] {
  const size = to - from;
  if (old === size) return whole ? [] : [roots(from, to)];
  const left = split(size);
  const middle = from + left;
  return old <= left
    ? [...subproof(roots, old, { from, to: middle }, whole), roots(middle, to)]
    : [...subproof(roots, old - left, { from: middle, to }, false), roots(from, middle)];
}

/** Whether a proof leads from an old root to a newer one (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  sha256: Sha256,
  proof: { old: number; oldRoot: Uint8Array; size: number; root: Uint8Array; path: readonly Uint8Array[] },
): boolean {
  const { old, oldRoot, size, root } = proof;
  if (old < 1 || old > size) return false;
  if (old === size) return proof.path.length === 0 && sameBytes(oldRoot, root);
  const path = isPowerOfTwo(old) ? [oldRoot, ...proof.path] : [...proof.path];
  const first = path.shift();
  if (!first) return false;
  let [at, last] = [old - 1, size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [before, after] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = sha256(nodeBytes(sibling, before));
      after = sha256(nodeBytes(sibling, after));
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      after = sha256(nodeBytes(after, sibling));
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(before, oldRoot) && sameBytes(after, root);
}

/** Not a shift: trees may have more leaves than 32 bits count. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}
