import { Injectable } from '@nestjs/common';
import type { Channel, Draft } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { LeadsService, leadsVisibleTo } from '../leads';
import { visibleTo } from '../reach';
import { refuseOutOfReach } from './draft-reach';
import { DRAFT_COLUMNS, type DraftRow, toDraft } from './draft-rows';

export interface DraftPage {
  items: Draft[];
  nextCursor: string | null;
  asOf: number;
}

const LIST = 'drafts';
const HAS_TEXT = "(d.content <> '' OR d.subject IS NOT NULL)";

/** Reads of drafts that have a text, of the leads and conversations that the actor may see. */
@Injectable()
export class DraftsQueries {
  constructor(
    private readonly cursors: Cursors,
    private readonly leads: LeadsService,
  ) {}

  /**
   * The draft of a lead; undefined when there is none.
   * @throws Refusal `not_found` for the lead, or when its conversation is not visible
   */
  async ofLead(tx: ReadTx, leadId: string, channel: Channel): Promise<Draft | undefined> {
    await this.leads.find(tx, leadId);
    await refuseOutOfReach(tx, leadId, channel);
    const [row] = await tx.query<DraftRow>(
      `SELECT ${DRAFT_COLUMNS} FROM drafts d
        WHERE d.workspace_id = $1 AND d.lead_id = $2 AND d.channel = $3 AND ${HAS_TEXT}`,
      [tx.workspaceId, leadId, channel],
    );
    return row && toDraft(row);
  }

  /** All drafts, for fetching them at sign-in; a page may hold fewer than `limit`. @throws Refusal `invalid_cursor` */
  async list(tx: ReadTx, { limit, cursor }: { limit: number; cursor?: string }): Promise<DraftPage> {
    const parameters: unknown[] = [tx.workspaceId, this.position(tx, cursor), limit + 1];
    const within = visibleTo(tx.actor, parameters).draft('d');
    const [asOf, rows] = await Promise.all([
      readHead(tx.query, tx.workspaceId),
      tx.query<DraftRow>(
        `SELECT ${DRAFT_COLUMNS} FROM drafts d
          WHERE d.workspace_id = $1 AND ${HAS_TEXT} AND ($2::uuid IS NULL OR d.id > $2) AND ${within}
          ORDER BY d.id LIMIT $3`,
        parameters,
      ),
    ]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const seen = await this.visible(tx, page);
    return {
      items: page.filter((row) => seen.has(row.lead_id)).map(toDraft),
      nextCursor: last ? this.cursors.seal(tx.workspaceId, LIST, [last.id]) : null,
      asOf,
    };
  }

  /** Which leads of these drafts the actor may see. */
  private async visible(tx: ReadTx, drafts: readonly DraftRow[]): Promise<ReadonlySet<string>> {
    const parameters: unknown[] = [drafts.map((draft) => draft.lead_id)];
    const rows = await tx.query<{ id: string }>(
      `SELECT l.id FROM leads l WHERE l.id = ANY ($1) AND ${leadsVisibleTo(tx.actor, parameters)}`,
      parameters,
    );
    return new Set(rows.map((row) => row.id));
  }

  private position(tx: ReadTx, cursor: string | undefined): string | null {
    if (cursor === undefined) return null;
    const [id] = this.cursors.open(tx.workspaceId, LIST, cursor);
    if (typeof id !== 'string') throw new Refusal('invalid_cursor');
    return id;
  }
}
