import { Injectable } from '@nestjs/common';
import { type Envelope, ref } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { type EventRow, readHead, toEnvelope } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { ReachesQueries } from '../reach';
import { LeadsQueries } from './leads.queries';
import { timelineTypes } from './timeline.rules';

export interface TimelinePage {
  items: Envelope[];
  nextCursor: string | null;
  asOf: number;
}

/**
 * What happened to a lead, newest first: the events of the log that are about it. Without those of a conversation that
 * the actor may not see.
 */
@Injectable()
export class TimelineQueries {
  constructor(
    private readonly cursors: Cursors,
    private readonly leads: LeadsQueries,
    private readonly reaches: ReachesQueries,
  ) {}

  /** @throws Refusal `not_found`, `invalid_cursor` */
  async timeline(
    tx: ReadTx,
    leadId: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<TimelinePage> {
    const list = `timeline:${leadId}`;
    const before = cursor === undefined ? null : this.cursors.open(tx.workspaceId, list, cursor)[0];
    if (before === undefined) throw new Refusal('invalid_cursor');
    await this.leads.get(tx, leadId);
    const types = timelineTypes(tx.actor.permissions);
    const [asOf, page] = await Promise.all([
      readHead(tx.query, tx.workspaceId),
      this.reaches.page(tx, { limit, before: before === null ? null : Number(before) }, async (from, most) => {
        const rows = await tx.query<EventRow>(
          `SELECT e.* FROM events_about($2, $3, $4, $5) f
             JOIN events e ON e.workspace_id = $1 AND e.seq = f.seq AND e.occurred_at = f.occurred_at
            ORDER BY e.seq DESC`,
          [tx.workspaceId, ref('lead', leadId), types, from, most],
        );
        return rows.map(toEnvelope);
      }),
    ]);
    const { items, next } = page;
    return { items, nextCursor: next === null ? null : this.cursors.seal(tx.workspaceId, list, [next]), asOf };
  }
}
