import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Checkpoint, type CheckpointBody, Frontier, type Sha256, signedBytes } from '@threadline/audit';
import type { ReadTx, Tx } from '../../platform/work';
import { AuditQueries } from './audit.queries';
import { CheckpointKey } from './checkpoint-key';

interface CheckpointRow {
  size: string;
  root: Buffer;
  head: Buffer;
  at: Date;
  previous: Buffer | null;
  signature: Buffer;
  public_key: Buffer;
  peaks: Buffer[];
}

/** Entries read at once. */
const PAGE = 10_000;

/** By way of a string: the runtime makes that faster than a buffer, and a log is millions of hashes. */
export const sha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** Signed statements of what the log is at a moment; whoever keeps one elsewhere can tell later if its past was touched. */
@Injectable()
export class Checkpoints {
  constructor(
    private readonly queries: AuditQueries,
    private readonly key: CheckpointKey,
  ) {}

  /** The newest first, 200 at most. */
  async list(tx: ReadTx): Promise<Checkpoint[]> {
    const rows = await tx.query<CheckpointRow>('SELECT * FROM audit_checkpoints ORDER BY size DESC LIMIT 200');
    return rows.map((row) => toCheckpoint(tx.workspaceId, row));
  }

  /** The one of so many entries, or the newest. */
  async find(tx: ReadTx, size?: number): Promise<Checkpoint | undefined> {
    const [row] = await tx.query<CheckpointRow>(
      'SELECT * FROM audit_checkpoints WHERE size = coalesce($1, size) ORDER BY size DESC LIMIT 1',
      [size ?? null],
    );
    return row && toCheckpoint(tx.workspaceId, row);
  }

  /** The next one larger than this, and covering no more than that many entries. */
  async after(tx: ReadTx, size: number, most: number): Promise<Checkpoint | undefined> {
    const [row] = await tx.query<CheckpointRow>(
      'SELECT * FROM audit_checkpoints WHERE size > $1 AND size <= $2 ORDER BY size LIMIT 1',
      [size, most],
    );
    return row && toCheckpoint(tx.workspaceId, row);
  }

  /** The checkpoint of everything there is now; the newest one again when nothing has been added since. */
  async make(tx: Tx): Promise<Checkpoint> {
    // One at a time, on all nodes: the next goes on from the subtrees of this one.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`checkpoint:${tx.workspaceId}`]);
    const [last] = await tx.query<CheckpointRow>('SELECT * FROM audit_checkpoints ORDER BY size DESC LIMIT 1');
    const begun = Number(last?.size ?? 0);
    const { size, head } = await this.queries.head(tx);
    if (last && size === begun) return toCheckpoint(tx.workspaceId, last);
    const frontier = new Frontier(sha256, { size: begun, hashes: last?.peaks ?? [] });
    for (let at = begun; at < size;) {
      const rows = await this.queries.hashesAfter(tx, at, Math.min(PAGE, size - at));
      if (rows.length === 0) throw new Error('The audit log is shorter than its head says');
      for (const row of rows) frontier.add(row.hash);
      at += rows.length;
    }
    const root = Buffer.from(frontier.root());
    const body: CheckpointBody = {
      workspaceId: tx.workspaceId,
      size,
      root: root.toString('hex'),
      head: head.toString('hex'),
      at: tx.now.toISOString(),
      previous: last?.root.toString('hex') ?? null,
    };
    const signature = this.key.sign(signedBytes(body));
    await tx.query(
      `INSERT INTO audit_checkpoints (workspace_id, size, root, head, at, previous, signature, public_key, peaks)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[tx.workspaceId, size, root, head, tx.now, last?.root ?? null, signature, this.key.publicKey],
        frontier.hashes.map((each) => Buffer.from(each)),
      ],
    );
    tx.note({
      action: 'audit.checkpoint_made',
      outcome: 'allowed',
      targets: [`workspace:${tx.workspaceId}`],
      changes: [{ field: 'size', before: begun, after: size }],
    });
    return { ...body, signature: signature.toString('base64'), publicKey: this.key.publicKey.toString('base64') };
  }
}

function toCheckpoint(workspaceId: string, row: CheckpointRow): Checkpoint {
  return {
    workspaceId,
    size: Number(row.size),
    root: row.root.toString('hex'),
    head: row.head.toString('hex'),
    at: row.at.toISOString(),
    previous: row.previous?.toString('hex') ?? null,
    signature: row.signature.toString('base64'),
    publicKey: row.public_key.toString('base64'),
  };
}
