import { Injectable } from '@nestjs/common';
import type { Lead } from '@threadline/contracts';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-rows';
import { normaliseEmail } from './lead.rules';
import { leadsVisibleTo } from './visible-to';

/** A lead held until the end of the transaction, and since when it is deleted. */
export interface HeldLead {
  lead: Lead;
  deletedAt: Date | null;
}

/** Reads of single leads, all through `leadsVisibleTo`. */
@Injectable()
export class LeadsQueries {
  /** @throws Refusal `not_found` for one that is absent, deleted, another workspace's or not for this actor. */
  async get(tx: ReadTx, id: string): Promise<Lead> {
    const lead = await this.find(tx, id);
    if (!lead) throw new Refusal('not_found');
    return lead;
  }

  async find(tx: ReadTx, id: string): Promise<Lead | undefined> {
    const parameters: unknown[] = [id];
    const row = await this.one(tx, `l.id = $1 AND ${leadsVisibleTo(tx.actor, parameters)}`, parameters);
    return row && toLead(row);
  }

  /** The lead with that address, in whatever case it is written. */
  async findByEmail(tx: ReadTx, email: string): Promise<Lead | undefined> {
    const parameters: unknown[] = [normaliseEmail(email)];
    const row = await this.one(tx, `l.email = $1 AND ${leadsVisibleTo(tx.actor, parameters)}`, parameters);
    return row && toLead(row);
  }

  /** True when a lead of the workspace has this id, whoever asks, deleted or not. */
  async isTaken(tx: ReadTx, id: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM leads WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id])).length > 0;
  }

  /**
   * Takes the lead's row until the transaction ends; others who want to change it wait.
   * @throws Refusal `not_found`
   */
  async hold(tx: Tx, id: string, { deleted = false } = {}): Promise<HeldLead> {
    const parameters: unknown[] = [id];
    const where = `l.id = $1 AND ${leadsVisibleTo(tx.actor, parameters, { deleted })}`;
    const row = await this.one(tx, `${where} FOR NO KEY UPDATE`, parameters);
    if (!row) throw new Refusal('not_found');
    return { lead: toLead(row), deletedAt: row.deleted_at };
  }

  private async one(tx: ReadTx, where: string, parameters: unknown[]): Promise<LeadRow | undefined> {
    const [row] = await tx.query<LeadRow>(`SELECT ${LEAD_COLUMNS} FROM leads l WHERE ${where}`, parameters);
    return row;
  }
}
