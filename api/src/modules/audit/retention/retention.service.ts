import { Injectable } from '@nestjs/common';
import { type AuditRetention, ref, type RetentionPreview } from '@threadline/contracts';
import { memberBehind } from '../../../platform/access';
import type { ReadTx, Tx } from '../../../platform/work';
import { AuditQueries } from '../audit.queries';
import { holdsEverything, LegalHolds } from './holds.service';

interface Row {
  months: number | null;
  updated_at: Date;
  updated_by: string;
}

/** What a retention has outlived. */
export interface Outlived {
  /** Entries before this moment are older than the retention. */
  before: Date;
  /** Up to this one the log can be cut; nothing can when it is not above the last cut. */
  upto: number;
  /** And up to this one it could, were it not for legal holds. */
  old: number;
}

interface End {
  seq: string;
  occurred_at: Date;
}

/** How long the audit log is kept: for ever, unless a workspace says otherwise. */
@Injectable()
export class Retention {
  constructor(
    private readonly holds: LegalHolds,
    private readonly queries: AuditQueries,
  ) {}

  async find(tx: ReadTx): Promise<AuditRetention> {
    const [row] = await tx.query<Row>(
      'SELECT months, updated_at, updated_by FROM audit_retention WHERE workspace_id = $1',
      [tx.workspaceId],
    );
    if (!row) return { months: null, updatedAt: null, updatedBy: null };
    return { months: row.months, updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by };
  }

  /** Event `audit_retention.changed`; none when it is so already. Nothing is cut by this: the sweeper does it. */
  async set(tx: Tx, months: number | null): Promise<AuditRetention> {
    const before = await this.find(tx);
    if (before.months === months) return before;
    const updatedBy = memberBehind(tx.actor);
    await tx.query(
      `INSERT INTO audit_retention (workspace_id, months, updated_at, updated_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id) DO UPDATE SET months = $2, updated_at = $3, updated_by = $4`,
      [tx.workspaceId, months, tx.now, updatedBy],
    );
    tx.append({
      type: 'audit_retention.changed',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [ref('workspace', tx.workspaceId)],
      data: { months },
      before: { months: before.months },
    });
    return { months, updatedAt: tx.now.toISOString(), updatedBy };
  }

  /** What a retention of so many months would cut now. */
  async preview(tx: ReadTx, months: number, now: Date): Promise<RetentionPreview> {
    const { before, upto, old } = await this.outlived(tx, months, now);
    const [sum] = await tx.query<{ count: string; first: string | null; held: string }>(
      `SELECT count(*) FILTER (WHERE seq <= $2) AS count, min(seq) FILTER (WHERE seq <= $2) AS first,
              count(*) FILTER (WHERE seq > $2) AS held
         FROM audit_entries WHERE workspace_id = $1 AND seq <= $3`,
      [tx.workspaceId, upto, old],
    );
    const actions = await tx.query<{ action: string; count: string }>(
      `SELECT action, count(*) AS count FROM audit_entries WHERE workspace_id = $1 AND seq <= $2
        GROUP BY action ORDER BY count(*) DESC, action`,
      [tx.workspaceId, upto],
    );
    const [oldest] = await tx.query<End>(
      'SELECT seq, occurred_at FROM audit_entries WHERE workspace_id = $1 ORDER BY seq LIMIT 1',
      [tx.workspaceId],
    );
    const entries = Number(sum?.count ?? 0);
    return {
      months,
      before: before.toISOString(),
      entries,
      first: entries > 0 ? await this.entryAt(tx, Number(sum?.first)) : null,
      last: entries > 0 ? await this.entryAt(tx, upto) : null,
      oldest: oldest ? toEnd(oldest) : null,
      actions: actions.map(({ action, count }) => ({ action, count: Number(count) })),
      held: Number(sum?.held ?? 0),
    };
  }

  /**
   * The log's beginning that is older than so many months, up to the first entry that is not, and up to the first that
   * a legal hold keeps: only a beginning can go, because what is chained behind an entry needs it.
   */
  async outlived(tx: ReadTx, months: number, now: Date): Promise<Outlived> {
    const [time] = await tx.query<{ before: Date }>('SELECT $1::timestamptz - make_interval(months => $2) AS before', [
      now,
      months,
    ]);
    if (!time) throw new Error('The database did not say when that was');
    const { before } = time;
    const [young] = await tx.query<{ seq: string }>(
      'SELECT seq FROM audit_entries WHERE workspace_id = $1 AND occurred_at >= $2 ORDER BY seq LIMIT 1',
      [tx.workspaceId, before],
    );
    const old = young ? Number(young.seq) - 1 : (await this.queries.head(tx)).size;
    return { before, old, upto: await this.unheld(tx, old) };
  }

  private async unheld(tx: ReadTx, old: number): Promise<number> {
    const holds = await this.holds.active(tx);
    if (holds.some(holdsEverything)) return 0;
    if (holds.length === 0) return old;
    const [held] = await tx.query<{ seq: string }>(
      `SELECT seq FROM audit_entries WHERE workspace_id = $1 AND seq <= $2
          AND (targets && $3::text[] OR actor_id = ANY ($4::text[])) ORDER BY seq LIMIT 1`,
      [tx.workspaceId, old, holds.flatMap(({ targets }) => targets), holds.flatMap(({ actorIds }) => actorIds)],
    );
    return held ? Number(held.seq) - 1 : old;
  }

  private async entryAt(tx: ReadTx, seq: number) {
    const [row] = await tx.query<End>(
      'SELECT seq, occurred_at FROM audit_entries WHERE workspace_id = $1 AND seq = $2',
      [tx.workspaceId, seq],
    );
    return row ? toEnd(row) : null;
  }
}

function toEnd({ seq, occurred_at }: End) {
  return { seq: Number(seq), occurredAt: occurred_at.toISOString() };
}
