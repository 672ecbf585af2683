/* The audit log's proofs: how entries are chained, what a checkpoint says, and how anybody verifies both. */
export { canonicalJson, type Json } from './canonical';
export { entryHash, GENESIS } from './chain';
export { type Checkpoint, type CheckpointBody, signedBytes } from './checkpoint';
export { fromHex, type Sha256, toHex } from './hashing';
export {
  consistencyProof,
  Frontier,
  inclusionProof,
  type Leaves,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle';
export { type Cryptography, type ExportedEntry, type Finding, type Verification, Verifier } from './verify';
