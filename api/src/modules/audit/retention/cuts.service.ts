import { Injectable } from '@nestjs/common';
import { type Cut, type CutBody, cutBytes, Frontier } from '@threadline/audit';
import type { ReadTx, Tx } from '../../../platform/work';
import { AuditQueries } from '../audit.queries';
import { CheckpointKey } from '../checkpoint-key';
import { Checkpoints, sha256 } from '../checkpoints.service';
import { Retention } from './retention.service';

/** Entries that are cut at once, with a record of their own: what one transaction does in a few seconds. */
const MOST = 20_000;
/** Entries read at once. */
const PAGE = 10_000;

interface CutRow {
  size: string;
  root: Buffer;
  head: Buffer;
  peaks: Buffer[];
  entries: string;
  first_at: Date;
  last_at: Date;
  at: Date;
  reason: string;
  signature: Buffer;
  public_key: Buffer;
}

/** A cut as the list shows it: its signed record, and what it took. */
export interface RecordedCut extends Cut {
  peaks: string[];
  /** How many entries went. */
  entries: number;
  firstAt: string;
  lastAt: string;
}

/**
 * Cutting the beginning of a log off. The record of a cut is signed and says what the tree and the chain were there, so
 * that what remains is verified from it; record and cut are one transaction, and the database lets nothing go without.
 */
@Injectable()
export class Cuts {
  constructor(
    private readonly queries: AuditQueries,
    private readonly retention: Retention,
    private readonly checkpoints: Checkpoints,
    private readonly key: CheckpointKey,
  ) {}

  /** The record that the log begins after; undefined for one that was never cut. */
  async newest(tx: ReadTx): Promise<Cut | undefined> {
    const row = await this.newestRow(tx);
    return row && toCut(tx.workspaceId, row);
  }

  /** The newest first, 200 at most. */
  async list(tx: ReadTx): Promise<RecordedCut[]> {
    const rows = await tx.query<CutRow>(
      'SELECT * FROM audit_cuts WHERE workspace_id = $1 ORDER BY size DESC LIMIT 200',
      [tx.workspaceId],
    );
    return rows.map((row) => ({
      ...toCut(tx.workspaceId, row),
      peaks: row.peaks.map((peak) => peak.toString('hex')),
      entries: Number(row.entries),
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
    }));
  }

  /** Cuts the next entries that the workspace's retention has outlived; undefined when there are none. */
  async cutNext(tx: Tx): Promise<Cut | undefined> {
    const { months } = await this.retention.find(tx);
    if (months === null) return undefined;
    const last = await this.newestRow(tx);
    const begun = Number(last?.size ?? 0);
    const { upto } = await this.retention.outlived(tx, months, tx.now);
    if (upto <= begun) return undefined;
    // Checkpoints go on from the newest one, so it must not lie among what is gone.
    const { size } = await this.checkpoints.make(tx);
    const cut = await this.record(tx, last, Math.min(upto, begun + MOST, size), `retention:${months}`);
    await tx.query('SELECT cut_audit($1, $2, $3, $4, $5, $6, $7, $8)', [
      cut.size,
      Buffer.from(cut.root, 'hex'),
      Buffer.from(cut.head, 'hex'),
      cut.peaks.map((peak) => Buffer.from(peak, 'hex')),
      tx.now,
      cut.reason,
      Buffer.from(cut.signature, 'base64'),
      this.key.publicKey,
    ]);
    tx.note({
      action: 'audit.cut',
      outcome: 'allowed',
      targets: [`workspace:${tx.workspaceId}`],
      changes: [{ field: 'first', before: begun + 1, after: cut.size + 1 }],
      reason: cut.reason,
    });
    return cut;
  }

  private async record(tx: Tx, last: CutRow | undefined, size: number, reason: string): Promise<Cut> {
    const frontier = new Frontier(sha256, { size: Number(last?.size ?? 0), hashes: last?.peaks ?? [] });
    let head = last?.head ?? Buffer.alloc(32);
    for (let at = frontier.size; at < size; at = frontier.size) {
      const rows = await this.queries.after(tx, at, Math.min(PAGE, size - at));
      if (rows.length === 0) throw new Error('The audit log is shorter than its head says');
      for (const { hash } of rows) frontier.add(hash);
      head = rows.at(-1)?.hash ?? head;
    }
    const body: CutBody = {
      workspaceId: tx.workspaceId,
      size,
      root: Buffer.from(frontier.root()).toString('hex'),
      head: head.toString('hex'),
      peaks: frontier.hashes.map((hash) => Buffer.from(hash).toString('hex')),
      at: tx.now.toISOString(),
      reason,
    };
    const signature = this.key.sign(cutBytes(body)).toString('base64');
    return { ...body, signature, publicKey: this.key.publicKey.toString('base64') };
  }

  private async newestRow(tx: ReadTx): Promise<CutRow | undefined> {
    const [row] = await tx.query<CutRow>(
      'SELECT * FROM audit_cuts WHERE workspace_id = $1 ORDER BY size DESC LIMIT 1',
      [tx.workspaceId],
    );
    return row;
  }
}

function toCut(workspaceId: string, row: CutRow): Cut {
  return {
    workspaceId,
    size: Number(row.size),
    root: row.root.toString('hex'),
    head: row.head.toString('hex'),
    peaks: row.peaks.map((peak) => peak.toString('hex')),
    at: row.at.toISOString(),
    reason: row.reason,
    signature: row.signature.toString('base64'),
    publicKey: row.public_key.toString('base64'),
  };
}
