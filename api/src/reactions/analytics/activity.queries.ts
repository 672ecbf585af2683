import { Injectable } from '@nestjs/common';
import { type ActivityPage, activityTypes } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { type EventRow, readHead, toEnvelope } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { ReachesQueries } from '../../modules/reach';

/** The feed of what happened: the log, newest first, without what is no news to colleagues, or about what the actor may not see. */
@Injectable()
export class ActivityQueries {
  constructor(
    private readonly cursors: Cursors,
    private readonly reaches: ReachesQueries,
  ) {}

  /** @throws Refusal `invalid_cursor` */
  async page(tx: ReadTx, { limit, cursor }: { limit: number; cursor?: string }): Promise<ActivityPage> {
    const before = cursor === undefined ? null : this.cursors.open(tx.workspaceId, 'activity', cursor)[0];
    if (before === undefined) throw new Refusal('invalid_cursor');
    const types = activityTypes(tx.actor.permissions);
    const [asOf, page] = await Promise.all([
      readHead(tx.query, tx.workspaceId),
      this.reaches.page(tx, { limit, before: before === null ? null : Number(before) }, async (from, most) => {
        const rows = await tx.query<EventRow>(
          `SELECT e.* FROM events e
            WHERE e.workspace_id = $1 AND ($2::bigint IS NULL OR e.seq < $2) AND e.type = ANY ($3::text[])
            ORDER BY e.seq DESC LIMIT $4`,
          [tx.workspaceId, from, types, most],
        );
        return rows.map(toEnvelope);
      }),
    ]);
    const { items, next } = page;
    return { items, nextCursor: next === null ? null : this.cursors.seal(tx.workspaceId, 'activity', [next]), asOf };
  }
}
