import { Injectable } from '@nestjs/common';
import {
  BLOCK,
  blocksToRead,
  type ConsistencyProof,
  consistencyProof,
  GENESIS,
  type InclusionProof,
  inclusionProof,
  type Roots,
  rootsOfBlocks,
  toHex,
} from '@threadline/audit';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { AuditQueries } from './audit.queries';
import { Checkpoints, sha256 } from './checkpoints.service';

/** Bytes of a hash. */
const HASH = 32;

/**
 * Proofs as RFC 9162 has them. A proof reads the roots of the log's full blocks, 32 bytes for 512 entries, and the leaves
 * of the two blocks it goes into; the log itself is not read, however long it is.
 */
@Injectable()
export class AuditProofs {
  constructor(
    private readonly queries: AuditQueries,
    private readonly checkpoints: Checkpoints,
  ) {}

  /**
   * That an entry is in the log of a checkpoint.
   * @param size the checkpoint's; absent: the newest
   * @throws Refusal `not_found` for an entry or checkpoint there is none of, `wrong_state` for an entry that is newer
   */
  async inclusion(tx: ReadTx, id: string, size?: number): Promise<InclusionProof> {
    const row = await this.queries.one(tx, id);
    const checkpoint = await this.checkpoints.find(tx, size);
    if (!row || (!checkpoint && size !== undefined)) throw new Refusal('not_found');
    const index = Number(row.seq) - 1;
    if (!checkpoint || index >= checkpoint.size) {
      throw new Refusal('wrong_state', {
        detail: 'No such checkpoint covers this entry yet: make one, and ask again.',
      });
    }
    const roots = await this.roots(tx, [index, index - 1], checkpoint.size);
    return provable(() => ({
      kind: 'inclusion',
      leafIndex: index,
      treeSize: checkpoint.size,
      leaf: row.hash.toString('hex'),
      previous: toHex(index === 0 ? GENESIS : roots(index - 1, index)),
      path: inclusionProof(roots, index, checkpoint.size).map(toHex),
      entry: JSON.parse(row.entry) as InclusionProof['entry'],
      checkpoint,
    }));
  }

  /**
   * That the log of `from` entries is the beginning of the log of `to`.
   * @throws Refusal `invalid_input` when the log has never had so many, or `from` is above `to`
   */
  async consistency(tx: ReadTx, from: number, to: number): Promise<ConsistencyProof> {
    const { size } = await this.queries.head(tx);
    if (from > to || to > size) {
      throw new Refusal('invalid_input', { detail: `The log has ${size} entries: from 1 to ${size}, and up.` });
    }
    const roots = await this.roots(tx, [from - 1, from], to);
    return provable(() => ({
      kind: 'consistency',
      from: { size: from, root: toHex(roots(0, from)) },
      to: { size: to, root: toHex(roots(0, to)) },
      path: consistencyProof(roots, from, to).map(toHex),
    }));
  }

  /** What proofs about these leaves in the tree of so many are made of. */
  private async roots(tx: ReadTx, leaves: readonly number[], size: number): Promise<Roots> {
    const wanted = new Set(
      leaves.filter((leaf) => leaf >= 0 && leaf < size).flatMap((leaf) => blocksToRead(leaf, size)),
    );
    const full = Math.floor(size / BLOCK);
    const roots = await tx.query<{ root: Buffer | null }>(
      'SELECT root FROM audit_blocks WHERE workspace_id = $1 AND block < $2 ORDER BY block',
      [tx.workspaceId, full],
    );
    const kept = await tx.query<{ block: number; leaves: Buffer }>(
      `SELECT n AS block, coalesce(
                (SELECT b.leaves FROM audit_blocks b WHERE b.workspace_id = $1 AND b.block = n),
                (SELECT string_agg(leaf, ''::bytea ORDER BY at)
                   FROM unnest(audit_leaves($1, n, (n + 1) * ${BLOCK}::bigint)) WITH ORDINALITY AS l (leaf, at)), '') AS leaves
         FROM unnest($2::int[]) AS n`,
      [tx.workspaceId, [...wanted]],
    );
    return rootsOfBlocks(sha256, {
      roots: roots.flatMap(({ root }) => root ?? []),
      leaves: new Map(kept.map((one) => [one.block, hashesIn(one.leaves)])),
    });
  }
}

/** @throws Refusal `wrong_state` when hashes are missing: entries were taken out of the log. */
function provable<T>(prove: () => T): T {
  try {
    return prove();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal('wrong_state', { detail: 'Entries of this log are missing. Verify it.' });
  }
}

function hashesIn(bytes: Buffer): Uint8Array[] {
  return Array.from({ length: bytes.length / HASH }, (_, at) => bytes.subarray(at * HASH, (at + 1) * HASH));
}
