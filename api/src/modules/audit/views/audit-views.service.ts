import { Injectable } from '@nestjs/common';
import {
  AUDIT_VIEW_FILTERS,
  type AuditView,
  type AuditViewFilters,
  type AuditViewTold,
  ref,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { AuditViewsQueries } from './audit-views.queries';

/** Views one person can save. */
const MOST = 100;

export interface NewAuditView {
  name: string;
  filters: AuditViewFilters;
  shared?: boolean;
}

/** Commands on saved views of the audit log. */
@Injectable()
export class AuditViews {
  constructor(private readonly queries: AuditViewsQueries) {}

  /**
   * Keeps a look at the log under a name, for the person who asks. Event `audit_view.created`.
   * @throws Refusal `duplicate` (the name), `forbidden` to share without `audit:write`, `conflict` beyond 100 views
   */
  async create(tx: Tx, { name, filters, shared = false }: NewAuditView): Promise<AuditView> {
    if (shared) mayShare(tx);
    const owner = memberBehind(tx.actor);
    const has = await tx.query('SELECT 1 FROM audit_views WHERE owner_id = $1', [owner]);
    if (has.length >= MOST) throw new Refusal('conflict', { detail: `One person can save ${MOST} views.` });
    const id = v7();
    await named(name, () =>
      tx.query(
        `INSERT INTO audit_views (workspace_id, id, owner_id, name, filters, shared, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
        [tx.workspaceId, id, owner, name, JSON.stringify(filters), shared, tx.now],
      ),
    );
    const view = await this.queries.one(tx, id);
    tx.append({ type: 'audit_view.created', ...about(view), data: { view: told(view) } });
    return view;
  }

  /**
   * Changes the given fields and leaves the others. Event `audit_view.updated`; none when everything is so already.
   * @throws Refusal `not_found`, `duplicate`, `forbidden` unless it is one's own, or shared and one has `audit:write`
   */
  async change(tx: Tx, id: string, wanted: Partial<NewAuditView>): Promise<AuditView> {
    const before = await this.hold(tx, id);
    const { name, filters, shared } = { ...before, ...defined(wanted) };
    if (shared && !before.shared) mayShare(tx);
    const [row] = await named(name, () =>
      tx.query<{ id: string }>(
        `WITH done AS (
           UPDATE audit_views SET name = $2, filters = $3, shared = $4, updated_at = $5
            WHERE id = $1 AND (name, filters, shared) IS DISTINCT FROM ($2, $3::jsonb, $4) RETURNING id
         ) SELECT id FROM done`,
        [id, name, JSON.stringify(filters), shared, tx.now],
      ),
    );
    if (!row) return before;
    // Who shared it may take it back for themselves: then only its owner has it.
    const view: AuditView = { ...before, name, filters, shared, updatedAt: tx.now.toISOString() };
    const { name: wasNamed, shared: wasShared, filters: looked } = told(before);
    tx.append({
      type: 'audit_view.updated',
      ...about(view),
      data: { view: told(view) },
      before: { name: wasNamed, shared: wasShared, filters: looked },
    });
    return view;
  }

  /** Event `audit_view.deleted`. @throws Refusal `not_found`, `forbidden` */
  async delete(tx: Tx, id: string): Promise<void> {
    const view = await this.hold(tx, id);
    await tx.query('DELETE FROM audit_views WHERE id = $1', [id]);
    tx.append({ type: 'audit_view.deleted', ...about(view), data: { viewId: id, name: view.name } });
  }

  private async hold(tx: Tx, id: string): Promise<AuditView> {
    await tx.query('SELECT 1 FROM audit_views WHERE id = $1 FOR UPDATE', [id]);
    const view = await this.queries.one(tx, id);
    if (view.owner.id !== memberBehind(tx.actor)) mayShare(tx);
    return view;
  }
}

function mayShare({ actor }: Tx): void {
  if (actor.permissions.has('audit:write')) return;
  throw new Refusal('forbidden', { detail: 'What everybody sees is for those who set up the audit log.' });
}

function defined(wanted: Partial<NewAuditView>): Partial<NewAuditView> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

function told({ id, name, shared, owner, filters }: AuditView): AuditViewTold {
  const looks = AUDIT_VIEW_FILTERS.filter((filter) => filters[filter] !== undefined);
  return { id, name, shared, ownerId: owner.id, filters: looks };
}

function about({ id, owner }: AuditView) {
  return { subject: { type: 'audit_view' as const, id }, about: [ref('audit_view', id), ref('user', owner.id)] };
}

async function named<T>(name: string, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if (!isDuplicate(error, 'audit_views_name')) throw error;
    throw new Refusal('duplicate', {
      detail: `There is a view called ${name} already.`,
      errors: [{ path: 'name', message: 'belongs to another view' }],
    });
  }
}
