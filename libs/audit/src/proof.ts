import type { Json } from './canonical';
import { entryHash } from './chain';
import { type Checkpoint, signedBytes } from './checkpoint';
import { fromBase64, fromHex, toHex } from './hashing';
import { verifyConsistency, verifyInclusion } from './merkle';
import type { Cryptography } from './verify';

/** That one entry is in the log of a checkpoint (RFC 9162, 2.1.3): everything needed to check it, in one document. */
export interface InclusionProof {
  kind: 'inclusion';
  /** The entry's place in the tree, from 0. */
  leafIndex: number;
  /** Leaves of the tree: the checkpoint's size. */
  treeSize: number;
  /** The entry's hash, which is its leaf; hex. */
  leaf: string;
  /** Hash of the entry before it, hex: what the leaf is made of, beside the entry. */
  previous: string;
  /** Siblings on the way from the leaf to the root, hex. */
  path: string[];
  entry: { readonly [key: string]: Json };
  checkpoint: Checkpoint;
}

/** That the log of `from` entries is the beginning of the log of `to` (RFC 9162, 2.1.4). */
export interface ConsistencyProof {
  kind: 'consistency';
  from: { size: number; root: string };
  to: { size: number; root: string };
  /** Hex. */
  path: string[];
}

export type Proof = InclusionProof | ConsistencyProof;

export interface ProofVerdict {
  ok: boolean;
  /** What is wrong, in words. */
  findings: string[];
  /** What this check could not tell, in words. */
  cannotTell: string[];
}

/**
 * Checks a proof against checkpoints that were kept elsewhere.
 * @param kept checkpoints; without the right ones a proof shows only that it does not contradict itself
 * @param publicKey base64 of the key they have to be signed with; absent: the one each of them names
 */
export async function verifyProof(
  cryptography: Cryptography,
  proof: Proof,
  kept: readonly Checkpoint[] = [],
  publicKey?: string,
): Promise<ProofVerdict> {
  const findings = isHex(proof) ? contradictions(cryptography, proof) : ['it holds something that is no hash'];
  const sizes = proof.kind === 'inclusion' ? [proof.checkpoint] : [proof.from, proof.to];
  for (const { size, root } of sizes) {
    if (kept.some((one) => one.size === size && one.root !== root)) {
      findings.push(`the checkpoint that was kept says that the log of ${size} entries was another`);
    }
  }
  const signed = [...kept, ...(proof.kind === 'inclusion' ? [proof.checkpoint] : [])];
  for (const checkpoint of signed) {
    if (!(await isSigned(cryptography, checkpoint, publicKey ?? checkpoint.publicKey))) {
      findings.push(`the checkpoint of ${checkpoint.size} entries is not signed with this key`);
    }
  }
  const unknown = sizes.filter(({ size }) => !kept.some((one) => one.size === size)).map(({ size }) => size);
  return {
    ok: findings.length === 0,
    findings,
    cannotTell: [
      ...(unknown.length > 0
        ? [
            `Whether the log of ${unknown.join(' and of ')} entries was this one: no such checkpoint was kept elsewhere.`,
          ]
        : []),
      ...(signed.length > 0 && publicKey === undefined
        ? ['Whether this installation signed the checkpoints: compare their public key with the one it shows.']
        : []),
    ],
  };
}

/** What in a proof does not follow from the rest of it. */
function contradictions({ sha256 }: Cryptography, proof: Proof): string[] {
  const path = proof.path.map(fromHex);
  if (proof.kind === 'consistency') {
    const { from, to } = proof;
    const trees = { old: from.size, oldRoot: fromHex(from.root), size: to.size, root: fromHex(to.root), path };
    return verifyConsistency(sha256, trees)
      ? []
      : [`the log of ${from.size} entries is not the beginning of the one of ${to.size}`];
  }
  const { entry, leafIndex, treeSize, checkpoint } = proof;
  const leaf = entryHash(sha256, entry, fromHex(proof.previous));
  const root = fromHex(checkpoint.root);
  return [
    ...(toHex(leaf) === proof.leaf ? [] : ['the entry is not the one that was chained']),
    ...(entry['seq'] === leafIndex + 1 ? [] : ['the entry has another number than its place']),
    ...(entry['workspaceId'] === checkpoint.workspaceId ? [] : ['the checkpoint is of another workspace']),
    ...(treeSize === checkpoint.size && verifyInclusion(sha256, { leaf, index: leafIndex, size: treeSize, path, root })
      ? []
      : ['the entry is not in the log of the checkpoint']),
  ];
}

function isHex(proof: Proof): boolean {
  const hashes =
    proof.kind === 'inclusion' ? [proof.previous, proof.leaf, proof.checkpoint.root] : [proof.from.root, proof.to.root];
  return [...hashes, ...proof.path].every((hash) => /^[0-9a-f]{64}$/.test(hash));
}

async function isSigned({ verifyEd25519 }: Cryptography, checkpoint: Checkpoint, publicKey: string): Promise<boolean> {
  if (publicKey !== checkpoint.publicKey) return false;
  const [key, signature] = [fromBase64(publicKey), fromBase64(checkpoint.signature)];
  return key?.length === 32 && signature?.length === 64 && verifyEd25519(key, signedBytes(checkpoint), signature);
}
