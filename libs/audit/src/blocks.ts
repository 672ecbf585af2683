import { nodeBytes, type Sha256 } from './hashing';
import { rootOf, type Roots, split } from './merkle';

/** Leaves in a block: the subtrees whose roots are kept, so that a proof need not read the whole log. */
export const BLOCK = 512;

/** What is kept of a log's tree: the root of every full block, and the leaves of the blocks a proof goes into. */
export interface Blocks {
  /** Roots of full blocks, from the first on. */
  roots: readonly Uint8Array[];
  /** Leaves by the number of their block; of the last one as many as there are. */
  leaves: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** The blocks whose leaves a proof about the leaf `at` in the tree of `size` reads, beside the roots of all others. */
export function blocksToRead(at: number, size: number): number[] {
  return [...new Set([at, size - 1].map((leaf) => Math.floor(leaf / BLOCK)))];
}

/** The roots of the parts that proofs ask for: such a part lies within one block, or begins where a block does. */
export function rootsOfBlocks(sha256: Sha256, { roots, leaves }: Blocks): Roots {
  const whole = (from: number, to: number): Uint8Array => {
    const kept = roots.slice(from / BLOCK, to / BLOCK);
    if (kept.length !== (to - from) / BLOCK) throw new RangeError('These blocks are not kept');
    return rootOf(sha256, kept);
  };
  const root: Roots = (from, to) => {
    const size = to - from;
    if (from % BLOCK === 0 && size % BLOCK === 0) return whole(from, to);
    if (size > BLOCK) {
      const middle = from + split(size);
      return sha256(nodeBytes(whole(from, middle), root(middle, to)));
    }
    const block = Math.floor(from / BLOCK);
    const part = leaves.get(block)?.slice(from - block * BLOCK, to - block * BLOCK);
    if (part?.length !== size) throw new RangeError('These leaves are not kept');
    return rootOf(sha256, part);
  };
  return root;
}
