import { Injectable } from '@nestjs/common';
import type { PrivacyRequest } from '@threadline/contracts';
import { memberBehind } from '../../platform/access';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { leadsVisibleTo } from '../leads';
import { REQUEST_COLUMNS, type RequestRow, toRequest } from './request-rows';

/** Where a request stands in the ledger. */
export interface RequestRef {
  workspaceId: string;
  id: string;
}

/** Reads of data subjects' requests. */
@Injectable()
export class PrivacyQueries {
  constructor(private readonly database: SystemDatabase) {}

  /** The newest first, 200 at most. */
  async list(tx: ReadTx): Promise<PrivacyRequest[]> {
    return this.select(tx, 'true', []);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<PrivacyRequest> {
    const [request] = await this.select(tx, 'r.id = $1', [id]);
    if (!request) throw new Refusal('not_found');
    return request;
  }

  /** The signed receipt, byte for byte as it was made. @throws Refusal `not_found` also while there is none. */
  async receipt(tx: ReadTx, id: string): Promise<string> {
    const [row] = await tx.query<{ receipt: string | null }>(
      'SELECT receipt FROM privacy_requests WHERE workspace_id = $1 AND id = $2',
      [tx.workspaceId, id],
    );
    if (!row?.receipt) throw new Refusal('not_found');
    return row.receipt;
  }

  /**
   * The file of an export, for who asked for it alone.
   * @throws Refusal `not_found` also when its time is over, `forbidden`
   */
  async file(tx: Tx, id: string): Promise<{ leadId: string; text: string }> {
    const [row] = await tx.query<{
      lead_id: string;
      file: string | null;
      requested_by: string;
      file_until: Date | null;
    }>('SELECT lead_id, file, requested_by, file_until FROM privacy_requests WHERE workspace_id = $1 AND id = $2', [
      tx.workspaceId,
      id,
    ]);
    if (!row?.file || !row.file_until || row.file_until <= tx.now) throw new Refusal('not_found');
    if (row.requested_by !== memberBehind(tx.actor)) {
      throw new Refusal('forbidden', { detail: 'This file is for the person who asked for it.' });
    }
    return { leadId: row.lead_id, text: row.file };
  }

  /** Requests that nobody has in hand, in all workspaces. */
  async due(now: Date): Promise<RequestRef[]> {
    return this.refs(
      `SELECT workspace_id, id FROM privacy_requests
        WHERE state = 'waiting' OR (state = 'running' AND lease_until <= $1) LIMIT 100`,
      now,
    );
  }

  /** Requests whose file is past its time. */
  async expired(now: Date): Promise<RequestRef[]> {
    return this.refs('SELECT workspace_id, id FROM privacy_requests WHERE file_until <= $1 LIMIT 100', now);
  }

  private async refs(sql: string, now: Date): Promise<RequestRef[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string }>(sql, [now]);
    return rows.map((row) => ({ workspaceId: row.workspace_id, id: row.id }));
  }

  private async select(tx: ReadTx, where: string, parameters: unknown[]): Promise<PrivacyRequest[]> {
    const visible = leadsVisibleTo(tx.actor, parameters, { deleted: true });
    const rows = await tx.query<RequestRow & { lead_name: string | null }>(
      `SELECT ${REQUEST_COLUMNS}, l.name AS lead_name
         FROM privacy_requests r LEFT JOIN leads l ON l.id = r.lead_id AND ${visible}
        WHERE ${where} ORDER BY r.requested_at DESC, r.id DESC LIMIT 200`,
      parameters,
    );
    return rows.map(toRequest);
  }
}
