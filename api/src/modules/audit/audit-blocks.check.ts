import { BLOCK, rootOf, type Sha256 } from '@threadline/audit';

/** What is kept of a full block beside its entries (migration 0091). */
export interface BlockRow {
  block: number;
  /** Milliseconds. */
  first_at: string;
  last_at: string;
  leaves: Buffer | null;
  root: Buffer | null;
  /** Keys, and for each a character an entry, `1` where the entry has it. Without words: `w:…`. */
  keys: string[];
  bits: string[];
}

/** What an entry of a block says of itself. */
export interface BlockEntry {
  seq: number;
  /** Milliseconds. */
  at: number;
  hash: Uint8Array;
  keys: readonly string[];
}

/**
 * Checks what is kept of blocks against their entries, as these go by: what proofs are made of, and what entries are
 * found by. An index that says something else could hide an entry from whoever looks for it.
 */
export class BlockCheck {
  readonly findings: { seq: number; what: string }[] = [];
  private number = -1;
  private entries: BlockEntry[] = [];

  constructor(private readonly sha256: Sha256) {}

  add(entry: BlockEntry, kept: ReadonlyMap<number, BlockRow>): void {
    const number = Math.floor((entry.seq - 1) / BLOCK);
    if (number !== this.number) [this.number, this.entries] = [number, []];
    this.entries.push(entry);
    // Of a block that was cut, or that entries are missing in, the chain tells.
    if (this.entries.length === BLOCK) this.compare(kept.get(number));
  }

  private compare(kept: BlockRow | undefined): void {
    const wrong = kept ? this.difference(kept) : 'is missing';
    if (wrong) {
      this.findings.push({
        seq: this.number * BLOCK + 1,
        what: `what is kept of the ${BLOCK} entries from here on, to find and to prove them, ${wrong}`,
      });
    }
  }

  private difference({ first_at: first, last_at: last, leaves, root, keys, bits }: BlockRow): string | undefined {
    const hashes = this.entries.map(({ hash }) => hash);
    if (!leaves || !root || Buffer.compare(Buffer.concat(hashes), leaves) !== 0) return 'has other hashes';
    if (Buffer.compare(rootOf(this.sha256, hashes), root) !== 0) return 'has another root';
    const times = this.entries.map(({ at }) => at);
    if (Number(first) !== Math.min(...times) || Number(last) !== Math.max(...times)) return 'has other times';
    const found = new Map(keys.map((key, at) => [key, bits[at]]));
    const own = bitsOf(this.entries);
    if (found.size !== own.size || [...own].some(([key, text]) => found.get(key) !== text)) return 'finds others';
    return undefined;
  }
}

function bitsOf(entries: readonly BlockEntry[]): Map<string, string> {
  const bits = new Map<string, Buffer>();
  entries.forEach(({ keys }, at) => {
    for (const key of keys) {
      let text = bits.get(key);
      if (!text) bits.set(key, (text = Buffer.alloc(BLOCK, '0')));
      text[at] = ONE;
    }
  });
  return new Map([...bits].map(([key, text]) => [key, text.toString('latin1')]));
}

const ONE = '1'.charCodeAt(0);
