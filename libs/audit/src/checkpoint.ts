import { canonicalJson } from './canonical';

/** What is signed: the log at a moment. Whoever keeps one elsewhere can tell later whether its past was touched. */
export interface CheckpointBody {
  workspaceId: string;
  /** Entries in the log. */
  size: number;
  /** Root of the Merkle tree over them, hex. */
  root: string;
  /** Hash of the last of them, hex. */
  head: string;
  at: string;
  /** Hash of the checkpoint before this one, hex; null for the first. */
  previous: string | null;
}

export interface Checkpoint extends CheckpointBody {
  /** Ed25519 over the canonical JSON of the body (RFC 8032), base64. */
  signature: string;
  /** Raw 32 bytes, base64. */
  publicKey: string;
}

/** The bytes that a checkpoint's signature is over. */
export function signedBytes({ workspaceId, size, root, head, at, previous }: CheckpointBody): Uint8Array {
  return new TextEncoder().encode(canonicalJson({ workspaceId, size, root, head, at, previous }));
}
