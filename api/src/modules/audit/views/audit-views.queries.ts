import { Injectable } from '@nestjs/common';
import type { AuditView, AuditViewFilters } from '@threadline/contracts';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

interface ViewRow {
  id: string;
  name: string;
  filters: AuditViewFilters;
  shared: boolean;
  owner_id: string;
  owner: string;
  created_at: Date;
  updated_at: Date;
}

/** The saved views somebody has: their own, and those that are shared. */
@Injectable()
export class AuditViewsQueries {
  /** By name. */
  list(tx: ReadTx): Promise<AuditView[]> {
    return this.where(tx, 'true', []);
  }

  /** @throws Refusal `not_found`, also for another's own */
  async one(tx: ReadTx, id: string): Promise<AuditView> {
    const [view] = await this.where(tx, 'v.id = $2', [id]);
    if (!view) throw new Refusal('not_found');
    return view;
  }

  private async where(tx: ReadTx, condition: string, values: unknown[]): Promise<AuditView[]> {
    const rows = await tx.query<ViewRow>(
      `SELECT v.id, v.name, v.filters, v.shared, v.owner_id, u.name AS owner, v.created_at, v.updated_at
         FROM audit_views v JOIN workspace_people u ON u.workspace_id = v.workspace_id AND u.user_id = v.owner_id
        WHERE (v.owner_id = $1 OR v.shared) AND ${condition} ORDER BY lower(v.name), v.id`,
      [memberBehind(tx.actor), ...values],
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      filters: row.filters,
      shared: row.shared,
      owner: { id: row.owner_id, name: row.owner },
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    }));
  }
}
