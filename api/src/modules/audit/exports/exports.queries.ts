import { Injectable } from '@nestjs/common';
import type { AuditExport, AuditExportFilters, AuditExportState, AuditFormat } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

export interface ExportRow {
  id: string;
  format: AuditFormat;
  filters: AuditExportFilters;
  state: AuditExportState;
  schedule_id: string | null;
  recipients: string[];
  created_by: string;
  maker: string;
  created_at: Date;
  finished_at: Date | null;
  expires_at: Date | null;
  position: string;
  until: string;
  entries: string;
  bytes: string;
  chunks: number;
  failure: string | null;
  attempts: number;
}

export interface ExportRef {
  workspaceId: string;
  id: string;
}

const SELECT = `SELECT e.*, u.name AS maker FROM audit_exports e
  JOIN workspace_people u ON u.workspace_id = e.workspace_id AND u.user_id = e.created_by`;

/** Reads of the ledger of exports. */
@Injectable()
export class ExportsQueries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** The newest 100, whoever made them. */
  async list(tx: ReadTx): Promise<AuditExport[]> {
    const rows = await tx.query<ExportRow>(`${SELECT} ORDER BY e.created_at DESC, e.id DESC LIMIT 100`);
    return rows.map((row) => this.shown(tx, row));
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<AuditExport> {
    return this.shown(tx, await this.row(tx, id));
  }

  /** @throws Refusal `not_found` */
  async row(tx: ReadTx, id: string, forUpdate = false): Promise<ExportRow> {
    const lock = forUpdate ? ' FOR UPDATE OF e' : '';
    const [row] = await tx.query<ExportRow>(`${SELECT} WHERE e.id = $1${lock}`, [id]);
    if (!row) throw new Refusal('not_found');
    return row;
  }

  /**
   * An export whose file the caller may have now, in a session of their own: what they made, or was meant for them.
   * @throws Refusal `not_found` for all others, and when the file is not there any more
   */
  async downloadable(tx: ReadTx, id: string): Promise<ExportRow> {
    const row = await this.row(tx, id);
    if (!this.mayDownload(tx, row)) throw new Refusal('not_found');
    return row;
  }

  /** One piece of a file; null when it was removed meanwhile. */
  async chunk(tx: ReadTx, id: string, number: number): Promise<Buffer | null> {
    const [row] = await tx.query<{ bytes: Buffer }>(
      'SELECT bytes FROM audit_export_chunks WHERE export_id = $1 AND number = $2',
      [id, number],
    );
    return row?.bytes ?? null;
  }

  /** In all workspaces: what nobody has in hand and is due. */
  async due(): Promise<ExportRef[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string }>(
      `SELECT workspace_id, id FROM audit_exports WHERE state IN ('queued', 'running') AND next_at <= $1
        ORDER BY next_at LIMIT 100`,
      [this.clock.now()],
    );
    return rows.map(({ workspace_id: workspaceId, id }) => ({ workspaceId, id }));
  }

  /** In all workspaces: files whose time is over. */
  async expired(): Promise<ExportRef[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string }>(
      'SELECT workspace_id, id FROM audit_exports WHERE expires_at <= $1 AND chunks > 0 LIMIT 100',
      [this.clock.now()],
    );
    return rows.map(({ workspace_id: workspaceId, id }) => ({ workspaceId, id }));
  }

  private mayDownload({ actor }: ReadTx, row: ExportRow): boolean {
    const theirs = actor.userId !== null && [row.created_by, ...row.recipients].includes(actor.userId);
    const there = row.state === 'done' && row.chunks > 0 && row.expires_at !== null;
    return (
      theirs && actor.credential?.kind === 'session' && there && Number(row.expires_at?.getTime()) > this.clock.millis()
    );
  }

  private shown(tx: ReadTx, row: ExportRow): AuditExport {
    const done = row.state === 'done' ? row.until : row.position;
    return {
      id: row.id,
      format: row.format,
      filters: row.filters,
      state: row.state,
      scheduleId: row.schedule_id,
      createdBy: { id: row.created_by, name: row.maker },
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      expiresAt: row.expires_at?.toISOString() ?? null,
      entries: Number(row.entries),
      bytes: Number(row.bytes),
      done: Number(done),
      total: Number(row.until),
      failure: row.failure,
      downloadable: this.mayDownload(tx, row),
    };
  }
}
