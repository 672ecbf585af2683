/* The audit log's proofs: how entries are chained, what a checkpoint says, and how anybody verifies both. */
export { BLOCK, type Blocks, blocksToRead, rootsOfBlocks } from './blocks';
export { canonicalJson, type Json } from './canonical';
export { entryHash, GENESIS } from './chain';
export { type Checkpoint, type CheckpointBody, signedBytes } from './checkpoint';
export { type Cut, type CutBody, cutBytes, type ExportedCut } from './cut';
export { fromHex, type Sha256, toHex } from './hashing';
export {
  consistencyProof,
  Frontier,
  inclusionProof,
  rootOf,
  type Roots,
  rootsOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle';
export { type ConsistencyProof, type InclusionProof, type Proof, type ProofVerdict, verifyProof } from './proof';
export { type Receipt, type ReceiptBody, receiptBytes } from './receipt';
export { type Cryptography, type ExportedEntry, type Finding, type Verification, Verifier } from './verify';
