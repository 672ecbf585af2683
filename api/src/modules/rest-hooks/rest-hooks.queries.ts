import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { type EventRow, readHead, toEnvelope } from '../../platform/log';
import type { ReadTx } from '../../platform/work';
import { ReachesQueries } from '../reach';
import { exampleEvent } from '../webhook-bench';
import { visibleEvents } from '../webhooks';

/** How far back samples are looked for, in events. */
const STRETCH = 20_000;
/** How many of a type are looked at, and how many of them are given. */
const MOST_TRIED = 20;
const MOST_GIVEN = 3;

/** What a subscription would have been told. */
@Injectable()
export class RestHooksQueries {
  constructor(private readonly reaches: ReachesQueries) {}

  /** The workspace's own last events of a type, the newest first; a made-up one where there is none yet. */
  async samples(tx: ReadTx, type: EventType): Promise<Envelope[]> {
    const head = await readHead(tx.query, tx.workspaceId);
    const rows = await tx.query<EventRow>(
      `SELECT workspace_id, seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id, about, data
         FROM events WHERE workspace_id = $1 AND type = $2 AND seq > $3 ORDER BY seq DESC LIMIT ${MOST_TRIED}`,
      [tx.workspaceId, type, head - STRETCH],
    );
    const seen = await visibleEvents(this.reaches, tx, rows.map(toEnvelope));
    return seen.length > 0 ? seen.slice(0, MOST_GIVEN) : [exampleEvent(type, tx.workspaceId)];
  }
}
