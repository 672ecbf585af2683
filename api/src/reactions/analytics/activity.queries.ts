import { Injectable } from '@nestjs/common';
import { type ActivityPage, activityTypes } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { type EventRow, readHead, toEnvelope } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';

/** The feed of what happened: the log, newest first, without what is no news to colleagues. */
@Injectable()
export class ActivityQueries {
  constructor(private readonly cursors: Cursors) {}

  /** @throws Refusal `invalid_cursor` */
  async page(tx: ReadTx, { limit, cursor }: { limit: number; cursor?: string }): Promise<ActivityPage> {
    const before = cursor === undefined ? null : this.cursors.open(tx.workspaceId, 'activity', cursor)[0];
    if (before === undefined) throw new Refusal('invalid_cursor');
    const [asOf, rows] = await Promise.all([
      readHead(tx.query, tx.workspaceId),
      tx.query<EventRow>(
        `SELECT e.* FROM events e
          WHERE e.workspace_id = $1 AND ($2::bigint IS NULL OR e.seq < $2) AND e.type = ANY ($3::text[])
          ORDER BY e.seq DESC LIMIT $4`,
        [tx.workspaceId, before, activityTypes(tx.actor.permissions), limit + 1],
      ),
    ]);
    const items = rows.slice(0, limit).map(toEnvelope);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items,
      nextCursor: last ? this.cursors.seal(tx.workspaceId, 'activity', [last.seq]) : null,
      asOf,
    };
  }
}
