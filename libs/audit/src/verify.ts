import { BLOCK } from './blocks';
import { canonicalJson, type Json } from './canonical';
import { GENESIS, textHash } from './chain';
import { type Checkpoint, signedBytes } from './checkpoint';
import { type Cut, cutBytes } from './cut';
import { fromBase64, fromHex, sameBytes, type Sha256, toHex } from './hashing';
import { Frontier } from './merkle';

/** One line of an export: the entry, and the hash the log gave it. */
export interface ExportedEntry {
  entry: { readonly seq: number; readonly [key: string]: Json };
  hash: string;
}

/** The same, as whoever keeps it reads it. */
export interface ReadEntry {
  entry: ExportedEntry['entry'];
  hash: string | Uint8Array;
  /** How the entry is written where it is kept: a key that stands there twice reads differently to different readers. */
  text?: string;
}

/** Cryptography of the place this runs in. */
export interface Cryptography {
  sha256: Sha256;
  /** @param publicKey raw 32 bytes */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

export interface Finding {
  /** The entry it was found at; null when it is about a checkpoint. */
  seq: number | null;
  what: string;
}

export interface Verification {
  ok: boolean;
  entries: number;
  /** Hash of the last entry, hex. */
  head: string;
  /** Root of the tree over all entries, hex. */
  root: string;
  /** What is wrong, the earliest first. */
  findings: Finding[];
  /** What this check could not tell, in words. */
  cannotTell: string[];
}

/** Checks an export line by line, so that its length does not matter, against the checkpoints that were kept elsewhere. */
export class Verifier {
  private frontier: Frontier;
  private cut?: Cut;
  private readonly findings: Finding[] = [];
  private previous: Uint8Array = GENESIS;
  private next = 1;
  private readonly roots = new Map<number, { root: string; head: string }>();
  private readonly wanted: ReadonlySet<number>;

  constructor(
    private readonly cryptography: Cryptography,
    private readonly checkpoints: readonly Checkpoint[] = [],
  ) {
    this.frontier = new Frontier(cryptography.sha256, undefined, BLOCK);
    this.wanted = new Set(checkpoints.map(({ size }) => size));
  }

  /** The log was cut: what is there begins after this. Before the first line. */
  begin(cut: Cut): void {
    if (this.next !== 1) return this.found(this.next, 'the record of a cut stands among the entries');
    this.cut = cut;
    const { sha256 } = this.cryptography;
    try {
      this.frontier = new Frontier(sha256, { size: cut.size, hashes: cut.peaks.map(fromHex) }, BLOCK);
    } catch {
      // Not hex, or too many or too few: a record that was altered.
      return this.found(null, 'the record of the cut cannot be read');
    }
    if (toHex(this.frontier.root()) !== cut.root) this.found(null, 'the record of the cut contradicts itself');
    this.previous = claimed(cut.head) ?? GENESIS;
    this.next = cut.size + 1;
    if (this.wanted.has(cut.size)) this.roots.set(cut.size, { root: cut.root, head: cut.head });
  }

  /** The next line, in the order of the log. */
  add({ entry, hash, text }: ReadEntry): void {
    if (entry.seq !== this.next) {
      this.found(entry.seq, `entry ${this.next} was expected here: entries were removed, inserted or moved`);
    }
    const canonical = canonicalOf(entry);
    if (text !== undefined && text !== canonical) this.found(entry.seq, 'it is written otherwise than it was hashed');
    const computed = textHash(this.cryptography.sha256, canonical ?? '', this.previous);
    const given = typeof hash === 'string' ? claimed(hash) : hash;
    if (canonical === undefined || !given || !sameBytes(computed, given)) {
      this.found(entry.seq, 'its hash does not follow from its content and the entry before it');
    }
    // Goes on from what the log claims, so that one altered entry is one finding and not all that follow.
    this.previous = given ?? computed;
    this.frontier.add(this.previous);
    this.next = entry.seq + 1;
    const { size } = this.frontier;
    if (this.wanted.has(size)) this.roots.set(size, { root: toHex(this.frontier.root()), head: toHex(this.previous) });
  }

  /** The root of the newest full block, for whoever keeps those. */
  get block(): Uint8Array | undefined {
    return this.frontier.subtree;
  }

  /** @param publicKey base64 of the key the checkpoints have to be signed with; absent: the one they name. */
  async finish(publicKey?: string): Promise<Verification> {
    const { cut } = this;
    if (cut && !(await this.isSigned(cut, cutBytes(cut), publicKey ?? cut.publicKey))) {
      this.found(null, `the record of the cut after entry ${cut.size} is not signed with this key`);
    }
    for (const checkpoint of this.checkpoints) await this.compare(checkpoint, publicKey);
    return {
      ok: this.findings.length === 0,
      entries: this.frontier.size,
      head: toHex(this.previous),
      root: toHex(this.frontier.root()),
      findings: this.findings,
      cannotTell: this.cannotTell(publicKey),
    };
  }

  private async compare(checkpoint: Checkpoint, publicKey = checkpoint.publicKey): Promise<void> {
    const { size, root, head } = checkpoint;
    const signed = await this.isSigned(checkpoint, signedBytes(checkpoint), publicKey);
    if (!signed) this.found(null, `the checkpoint of ${size} entries is not signed with this key`);
    const seen = this.roots.get(size);
    // Of what was cut since then nothing is left to compare; cannotTell says so.
    if (size < (this.cut?.size ?? 0)) return;
    if (!seen) {
      this.found(
        null,
        `a checkpoint was made of ${size} entries, and the log has ${this.frontier.size}: its end is gone`,
      );
    } else if (seen.root !== root || seen.head !== head) {
      this.found(null, `the log was another when the checkpoint of ${size} entries was made: its past was rewritten`);
    }
  }

  private async isSigned(signed: Checkpoint | Cut, bytes: Uint8Array, publicKey: string): Promise<boolean> {
    if (publicKey !== signed.publicKey) return false;
    const key = fromBase64(publicKey);
    const signature = fromBase64(signed.signature);
    if (key?.length !== 32 || signature?.length !== 64) return false;
    return this.cryptography.verifyEd25519(key, bytes, signature);
  }

  private cannotTell(publicKey?: string): string[] {
    const newest = Math.max(0, ...this.checkpoints.map(({ size }) => size));
    const after = this.frontier.size - newest;
    const { cut } = this;
    return [
      ...(cut
        ? [
            `What the first ${cut.size} entries said, and whether checkpoints of fewer were true of them: they were cut off at ${cut.at} (${cut.reason}).`,
          ]
        : []),
      ...(newest === 0
        ? [
            'Without a checkpoint that was kept elsewhere: whether entries are missing at the end, or all was written anew.',
          ]
        : after > 0
          ? [
              `Whether entries are missing after the last of ${this.frontier.size}, or the last ${after} were written anew: the newest checkpoint is older.`,
            ]
          : []),
      ...(cut && publicKey === undefined
        ? [
            'Whether the record of the cut was signed by this installation: compare its public key with the one it shows.',
          ]
        : []),
      ...(newest > 0 && publicKey === undefined
        ? ['Whether the checkpoints were signed by this installation: compare their public key with the one it shows.']
        : []),
    ];
  }

  private found(seq: number | null, what: string): void {
    this.findings.push({ seq, what });
  }
}

/** Undefined for what has no canonical form, such as half of a character: it was never hashed. */
function canonicalOf(entry: Json): string | undefined {
  try {
    return canonicalJson(entry);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function claimed(hash: string): Uint8Array | undefined {
  return /^[0-9a-f]{64}$/.test(hash) ? fromHex(hash) : undefined;
}
