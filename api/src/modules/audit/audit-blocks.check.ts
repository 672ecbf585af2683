import { createHash } from 'node:crypto';
import { BLOCK } from '@threadline/audit';

/** What is kept of a full block beside its entries (migration 0091). */
export interface BlockRow {
  block: number;
  /** Milliseconds. */
  first_at: string;
  last_at: string;
  leaves: Buffer | null;
  root: Buffer | null;
  /** SHA-256 of a line for each key that is no word: the key, and a character an entry, `1` where the entry has it. */
  finds: Buffer;
}

/** What an entry of a block says of itself. */
export interface BlockEntry {
  seq: number;
  /** Milliseconds. */
  at: number;
  hash: Uint8Array;
  keys: readonly string[];
}

const HASH = 32;
const ONE = '1'.charCodeAt(0);

/**
 * Checks what is kept of blocks against their entries, as these go by: what proofs are made of, and what entries are
 * found by. An index that says something else could hide an entry from whoever looks for it.
 */
export class BlockCheck {
  readonly findings: { seq: number; what: string }[] = [];
  private number = -1;
  private seen = 0;
  private first = Infinity;
  private last = -Infinity;
  private readonly hashes = Buffer.alloc(BLOCK * HASH);
  private bits = new Map<string, Buffer>();

  /** @param root the root of the block that was just filled, as the chain has it */
  add(
    { seq, at, hash, keys }: BlockEntry,
    kept: ReadonlyMap<number, BlockRow>,
    root: () => Uint8Array | undefined,
  ): void {
    const number = Math.floor((seq - 1) / BLOCK);
    if (number !== this.number) this.begin(number);
    const place = (seq - 1) % BLOCK;
    this.hashes.set(hash, place * HASH);
    this.first = Math.min(this.first, at);
    this.last = Math.max(this.last, at);
    for (const key of keys) {
      let text = this.bits.get(key);
      if (!text) this.bits.set(key, (text = Buffer.alloc(BLOCK, '0')));
      text[place] = ONE;
    }
    this.seen += 1;
    // Of a block that was cut, or that entries are missing in, the chain tells.
    if (this.seen === BLOCK) this.compare(kept.get(number), root());
  }

  private begin(number: number): void {
    this.number = number;
    this.seen = 0;
    [this.first, this.last] = [Infinity, -Infinity];
    this.bits = new Map();
  }

  private compare(kept: BlockRow | undefined, root: Uint8Array | undefined): void {
    const wrong = kept ? this.difference(kept, root) : 'is missing';
    if (wrong) {
      this.findings.push({
        seq: this.number * BLOCK + 1,
        what: `what is kept of the ${BLOCK} entries from here on, to find and to prove them, ${wrong}`,
      });
    }
  }

  private difference(kept: BlockRow, root: Uint8Array | undefined): string | undefined {
    if (!kept.leaves?.equals(this.hashes)) return 'has other hashes';
    if (!root || !kept.root?.equals(root)) return 'has another root';
    if (Number(kept.first_at) !== this.first || Number(kept.last_at) !== this.last) return 'has other times';
    return kept.finds.equals(this.finds()) ? undefined : 'finds others';
  }

  private finds(): Buffer {
    const digest = createHash('sha256');
    for (const key of [...this.bits.keys()].sort()) {
      digest.update(`${key} ${this.bits.get(key)?.toString('latin1') ?? ''}\n`);
    }
    return digest.digest();
  }
}
