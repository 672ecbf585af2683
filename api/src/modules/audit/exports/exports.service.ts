import { Injectable } from '@nestjs/common';
import { type AuditExportFilters, type AuditFormat, ref } from '@threadline/contracts';
import { Subject } from 'rxjs';
import { v7 } from 'uuid';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { AuditQueries } from '../audit.queries';
import { type ExportRef, type ExportRow, ExportsQueries } from './exports.queries';

/** Unfinished exports that one person can have. */
const MOST = 5;
/** How long a file is kept, in milliseconds. */
const KEPT_MS = 7 * 86_400_000;

export interface WantedExport {
  format: AuditFormat;
  filters: AuditExportFilters;
  /** The member it is made for. */
  makerId: string;
  scheduleId?: string;
  /** Who may download it beside its maker, and is told when it is there. */
  recipientIds?: readonly string[];
}

/** Asking for files of the audit log, and what becomes of them. */
@Injectable()
export class AuditExports {
  /** Something was asked for in this process. */
  readonly due$ = new Subject<ExportRef>();

  constructor(
    private readonly queries: ExportsQueries,
    private readonly log: AuditQueries,
  ) {}

  /**
   * Puts an export into the ledger: it is made after the commit, up to the entry that is the last one now. Event
   * `audit_export.requested`. @throws Refusal `too_many_requests` with five unfinished ones
   */
  async request(tx: Tx, { format, filters, makerId, scheduleId, recipientIds }: WantedExport): Promise<string> {
    const [{ open = 0 } = {}] = await tx.query<{ open?: number }>(
      `SELECT count(*)::int AS open FROM audit_exports WHERE created_by = $1 AND state IN ('queued', 'running')`,
      [makerId],
    );
    if (open >= MOST) {
      throw new Refusal('too_many_requests', { detail: `${MOST} exports of yours are still being made.` });
    }
    const id = v7();
    const { size } = await this.log.head(tx);
    await tx.query(
      `INSERT INTO audit_exports (workspace_id, id, format, filters, schedule_id, recipients, created_by, created_at, until, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)`,
      [tx.workspaceId, id, format, filters, scheduleId ?? null, recipientIds ?? [], makerId, tx.now, size],
    );
    tx.append({
      type: 'audit_export.requested',
      ...about(id, makerId),
      data: { exportId: id, format, filters: tellable(filters), scheduleId: scheduleId ?? null },
    });
    tx.afterCommit(() => this.due$.next({ workspaceId: tx.workspaceId, id }));
    return id;
  }

  /**
   * Stops an unfinished export and removes what there is of its file. For its maker, and for who holds `audit:write`.
   * @throws Refusal `not_found`, `forbidden`, `wrong_state`
   */
  async cancel(tx: Tx, id: string): Promise<void> {
    const row = await this.queries.row(tx, id, true);
    if (row.created_by !== tx.actor.userId && !tx.actor.permissions.has('audit:write')) {
      throw new Refusal('forbidden', { detail: 'Only who asked for it can cancel it.' });
    }
    if (row.state !== 'queued' && row.state !== 'running') {
      throw new Refusal('wrong_state', { detail: `This export is ${row.state} already.` });
    }
    await this.end(tx, row, 'cancelled', null);
  }

  /** Ends an export without a file: event `audit_export.finished`. */
  async end(tx: Tx, row: ExportRow, state: 'failed' | 'cancelled', failure: string | null): Promise<void> {
    await tx.query('DELETE FROM audit_export_chunks WHERE export_id = $1', [row.id]);
    await tx.query(
      `UPDATE audit_exports SET state = $2, failure = $3, finished_at = $4, claim_token = NULL, chunks = 0, bytes = 0
        WHERE id = $1`,
      [row.id, state, failure, tx.now],
    );
    this.tell(tx, row, { state, failure, entries: Number(row.entries), bytes: 0 });
  }

  /** The file is there: event `audit_export.finished`. */
  async complete(tx: Tx, row: ExportRow, { entries, bytes }: { entries: number; bytes: number }): Promise<void> {
    await tx.query(
      `UPDATE audit_exports SET state = 'done', finished_at = $2, expires_at = $3, claim_token = NULL WHERE id = $1`,
      [row.id, tx.now, new Date(tx.now.getTime() + KEPT_MS)],
    );
    this.tell(tx, row, { state: 'done', failure: null, entries, bytes });
  }

  /** Removes a file whose time is over; that it was made stays in the list. */
  async expire(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM audit_export_chunks WHERE export_id = $1', [id]);
    await tx.query('UPDATE audit_exports SET chunks = 0 WHERE id = $1', [id]);
    tx.note({ action: 'audit_export.file_removed', outcome: 'allowed', targets: [ref('audit_export', id)] });
  }

  private tell(
    tx: Tx,
    row: ExportRow,
    data: { state: 'done' | 'failed' | 'cancelled'; failure: string | null; entries: number; bytes: number },
  ): void {
    tx.append({
      type: 'audit_export.finished',
      ...about(row.id, row.created_by),
      data: { exportId: row.id, ...data },
    });
  }
}

function about(id: string, makerId: string) {
  return {
    subject: { type: 'audit_export' as const, id },
    about: [ref('audit_export', id), ref('user', makerId)],
  };
}

/** What was looked for, without what may name a person: an event is kept for ever. */
function tellable(filters: AuditExportFilters): AuditExportFilters {
  return {
    ...filters,
    ...(filters.q === undefined ? {} : { q: '…' }),
    ...(filters.ip === undefined ? {} : { ip: '…' }),
  };
}
