import { canonicalJson } from './canonical';

/** What is signed when the beginning of a log is cut off: what the rest is verified from. */
export interface CutBody {
  workspaceId: string;
  /** The number of the last entry that is gone. */
  size: number;
  /** Root of the Merkle tree over all entries up to there, hex. */
  root: string;
  /** Hash of the last of them, hex. */
  head: string;
  /** Roots of that tree's complete subtrees, the largest first, hex: the tree over what remains goes on from them. */
  peaks: readonly string[];
  at: string;
  /** Why: `retention:12` for a log that is kept for twelve months. */
  reason: string;
}

export interface Cut extends CutBody {
  /** Ed25519 over the canonical JSON of the body and its kind (RFC 8032), base64. */
  signature: string;
  /** Raw 32 bytes, base64. */
  publicKey: string;
}

/** The first line of the export of a log that was cut. */
export interface ExportedCut {
  cut: Cut;
}

/** The bytes that a cut's signature is over. They can never pass for a checkpoint. */
export function cutBytes({ workspaceId, size, root, head, peaks, at, reason }: CutBody): Uint8Array {
  return new TextEncoder().encode(
    canonicalJson({ kind: 'audit-cut', workspaceId, size, root, head, peaks, at, reason }),
  );
}
