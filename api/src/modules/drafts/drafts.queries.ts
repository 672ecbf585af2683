import { Injectable } from '@nestjs/common';
import type { Channel, Draft } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { LeadsService, visibleTo } from '../leads';
import { DRAFT_COLUMNS, type DraftRow, toDraft } from './draft-rows';

export interface DraftPage {
  items: Draft[];
  nextCursor: string | null;
  asOf: number;
}

const LIST = 'drafts';
const HAS_TEXT = "(d.content <> '' OR d.subject IS NOT NULL)";

/** Reads of drafts that have a text, of the leads that the actor may see. */
@Injectable()
export class DraftsQueries {
  constructor(
    private readonly cursors: Cursors,
    private readonly leads: LeadsService,
  ) {}

  /**
   * The draft of a lead; undefined when there is none.
   * @throws Refusal `not_found` for the lead
   */
  async ofLead(tx: ReadTx, leadId: string, channel: Channel): Promise<Draft | undefined> {
    await this.leads.find(tx, leadId);
    const [row] = await tx.query<DraftRow>(
      `SELECT ${DRAFT_COLUMNS} FROM drafts d
        WHERE d.workspace_id = $1 AND d.lead_id = $2 AND d.channel = $3 AND ${HAS_TEXT}`,
      [tx.workspaceId, leadId, channel],
    );
    return row && toDraft(row);
  }

  /** All drafts, for fetching them at sign-in. @throws Refusal `invalid_cursor` */
  async list(tx: ReadTx, { limit, cursor }: { limit: number; cursor?: string }): Promise<DraftPage> {
    const parameters: unknown[] = [this.position(tx, cursor), limit + 1];
    const [asOf, rows] = await Promise.all([
      readHead(tx.query, tx.workspaceId),
      tx.query<DraftRow>(
        `SELECT ${DRAFT_COLUMNS} FROM drafts d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
          WHERE ${visibleTo(tx.actor, parameters)} AND ${HAS_TEXT} AND ($1::uuid IS NULL OR d.id > $1)
          ORDER BY d.id LIMIT $2`,
        parameters,
      ),
    ]);
    const items = rows.slice(0, limit).map(toDraft);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.cursors.seal(tx.workspaceId, LIST, [last.id]) : null, asOf };
  }

  private position(tx: ReadTx, cursor: string | undefined): string | null {
    if (cursor === undefined) return null;
    const [id] = this.cursors.open(tx.workspaceId, LIST, cursor);
    if (typeof id !== 'string') throw new Refusal('invalid_cursor');
    return id;
  }
}
