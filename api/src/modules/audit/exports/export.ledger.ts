import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/work';
import { type ExportRow, ExportsQueries } from './exports.queries';

/** A step outlasts its reading and writing; then another process may go on. Milliseconds. */
const LEASE_MS = 30_000;
/** Times an export is taken up without coming any further. */
const MOST_ATTEMPTS = 5;

/** How far a file has come. */
export interface Stand {
  position: number;
  entries: number;
  bytes: number;
  chunks: number;
}

/**
 * The ledger of exports: queued → running (lease) → done, failed or cancelled. Each step commits a piece of the file
 * with its stand, so that whoever takes it up again goes on where it was left.
 */
@Injectable()
export class ExportLedger {
  constructor(private readonly queries: ExportsQueries) {}

  /** Takes an export in hand; undefined when another process has it, or there is nothing to do any more. */
  async claim(tx: Tx, id: string, token: string): Promise<ExportRow | undefined> {
    const [claimed] = await tx.query<{ id: string }>(
      `WITH free AS (SELECT id FROM audit_exports
                      WHERE id = $1 AND state IN ('queued', 'running') AND next_at <= $2 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE audit_exports e SET state = 'running', claim_token = $3, next_at = $4, attempts = attempts + 1
                        FROM free WHERE e.id = free.id RETURNING e.id)
       SELECT id FROM taken`,
      [id, tx.now, token, new Date(tx.now.getTime() + LEASE_MS)],
    );
    return claimed ? this.queries.row(tx, id) : undefined;
  }

  /** The row as long as it is in this hand; undefined when it was cancelled or taken over. */
  async held(tx: Tx, id: string, token: string): Promise<ExportRow | undefined> {
    const [held] = await tx.query<{ id: string }>(
      `SELECT id FROM audit_exports WHERE id = $1 AND claim_token = $2 AND state = 'running' FOR UPDATE`,
      [id, token],
    );
    return held ? this.queries.row(tx, id) : undefined;
  }

  /** Adds a piece to the file, gzipped. Answers whether it was still in this hand. */
  async add(tx: Tx, id: string, token: string, stand: Stand, piece: Buffer | null): Promise<boolean> {
    const { position, entries, bytes, chunks } = stand;
    const [held] = await tx.query<{ id: string }>(
      `WITH held AS (UPDATE audit_exports SET position = $3, entries = $4, bytes = $5, chunks = $6, next_at = $7, attempts = 0
                      WHERE id = $1 AND claim_token = $2 AND state = 'running' RETURNING id)
       SELECT id FROM held`,
      [id, token, position, entries, bytes, chunks, new Date(tx.now.getTime() + LEASE_MS)],
    );
    if (!held) return false;
    if (piece) {
      await tx.query(
        'INSERT INTO audit_export_chunks (workspace_id, export_id, number, bytes) VALUES ($1, $2, $3, $4)',
        [tx.workspaceId, id, chunks - 1, piece],
      );
    }
    return true;
  }

  /** Lets go of it until then, without losing what there is. */
  async release(tx: Tx, id: string, token: string, until: Date): Promise<void> {
    await tx.query('UPDATE audit_exports SET next_at = $3, claim_token = NULL WHERE id = $1 AND claim_token = $2', [
      id,
      token,
      until,
    ]);
  }

  /** Whether it was taken up often enough without coming any further. */
  isPoison({ attempts }: ExportRow): boolean {
    return attempts > MOST_ATTEMPTS;
  }

  /** How far a file had come when it was taken up. */
  standOf(row: ExportRow): Stand {
    const { position, entries, bytes, chunks } = row;
    return { position: Number(position), entries: Number(entries), bytes: Number(bytes), chunks };
  }
}
