import type { Checkpoint } from './checkpoint';
import { CannotCheck, checkpointsIn, parsedJson, readLines, textOf } from './cli-files';
import { GENESIS } from './chain';
import { fromHex, toHex } from './hashing';
import { consistencyProof, inclusionProof, rootsOf } from './merkle';
import { nodeCryptography } from './node-cryptography';
import { type InclusionProof, type Proof, verifyProof } from './proof';
import type { ExportedEntry } from './verify';

const { sha256 } = nodeCryptography;

/** What is asked to be proved, as typed. */
export interface Asked {
  entry?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  checkpoint?: string[] | undefined;
}

/** Makes a proof from an export alone, and prints it as JSON. */
export async function prove(file: string, asked: Asked): Promise<number> {
  const [seq, from, to] = [whole(asked.entry), whole(asked.from), whole(asked.to)];
  const checkpoints = (await Promise.all((asked.checkpoint ?? []).map(checkpointsIn))).flat();
  const checkpoint = checkpoints.reduce<Checkpoint | undefined>(
    (newest, each) => (newest && newest.size >= each.size ? newest : each),
    undefined,
  );
  const { leaves, entry } = await leavesIn(file, seq);
  const proof =
    seq !== undefined && checkpoint
      ? inclusion(leaves, seq, entry, checkpoint)
      : from !== undefined && to !== undefined
        ? consistency(leaves, from, to)
        : undefined;
  if (!proof) throw new CannotCheck('Say what to prove: --entry with --checkpoint, or --from and --to.');
  process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`);
  return 0;
}

function inclusion(
  leaves: readonly Uint8Array[],
  seq: number,
  entry: ExportedEntry['entry'] | undefined,
  checkpoint: Checkpoint,
): InclusionProof {
  const leaf = leaves[seq - 1];
  if (!entry || !leaf) throw new CannotCheck(`There is no entry ${seq} in this export.`);
  if (seq > checkpoint.size || checkpoint.size > leaves.length) {
    throw new CannotCheck(`The checkpoint is of ${checkpoint.size} entries, and the export has ${leaves.length}.`);
  }
  return {
    kind: 'inclusion',
    leafIndex: seq - 1,
    treeSize: checkpoint.size,
    leaf: toHex(leaf),
    previous: toHex(leaves[seq - 2] ?? GENESIS),
    path: inclusionProof(rootsOf(sha256, leaves), seq - 1, checkpoint.size).map(toHex),
    entry,
    checkpoint,
  };
}

function consistency(leaves: readonly Uint8Array[], from: number, to: number): Proof {
  if (from > to || to > leaves.length) {
    throw new CannotCheck(`From ${from} to ${to} cannot be proved: the export has ${leaves.length} entries.`);
  }
  const roots = rootsOf(sha256, leaves);
  const tree = (size: number) => ({ size, root: toHex(roots(0, size)) });
  return {
    kind: 'consistency',
    from: tree(from),
    to: tree(to),
    path: consistencyProof(roots, from, to).map(toHex),
  };
}

/** The hashes of all entries, and the one entry that is asked for. */
async function leavesIn(file: string, seq?: number) {
  const leaves: Uint8Array[] = [];
  let entry: ExportedEntry['entry'] | undefined;
  await readLines(file, (line, number) => {
    const read = parsedJson(line) as Partial<ExportedEntry> | null | undefined;
    if (read?.entry?.seq !== leaves.length + 1 || !/^[0-9a-f]{64}$/.test(read.hash ?? '')) {
      throw new CannotCheck(
        `Line ${number} is not entry ${leaves.length + 1}: proofs need an export of the whole log.`,
      );
    }
    leaves.push(fromHex(read.hash ?? ''));
    if (read.entry.seq === seq) entry = read.entry;
  });
  return { leaves, entry };
}

/** Whether a proof holds, alone and against the checkpoints that were kept. */
export async function verifyProofIn(file: string, kept: readonly string[], key?: string): Promise<number> {
  const proof = parsedJson(await textOf(file));
  if (!isProof(proof)) throw new CannotCheck(`${file} is no proof.`);
  const checkpoints = (await Promise.all(kept.map(checkpointsIn))).flat();
  const { ok, findings, cannotTell } = await verifyProof(nodeCryptography, proof, checkpoints, key);
  const lines = [
    ok ? `Nothing is wrong: ${claimOf(proof)}.` : 'Something is wrong:',
    ...findings.map((each) => `  ${each}`),
    ...(cannotTell.length > 0 ? ['This check cannot tell:', ...cannotTell.map((each) => `  ${each}`)] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return ok ? 0 : 1;
}

function claimOf(proof: Proof): string {
  return proof.kind === 'inclusion'
    ? `entry ${proof.leafIndex + 1} is in the log of ${proof.treeSize} entries`
    : `the log of ${proof.from.size} entries is the beginning of the log of ${proof.to.size}`;
}

function isProof(value: unknown): value is Proof {
  const { kind, path, entry, checkpoint, from, to } = (value ?? {}) as Partial<
    Omit<InclusionProof, 'kind'> & { kind: string; from: { size: unknown }; to: { size: unknown } }
  >;
  if (!Array.isArray(path)) return false;
  if (kind === 'inclusion') return typeof entry === 'object' && typeof checkpoint?.size === 'number';
  return kind === 'consistency' && typeof from?.size === 'number' && typeof to?.size === 'number';
}

function whole(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(typed)) throw new CannotCheck(`${typed} is not a number of entries.`);
  return Number(typed);
}
