import { Injectable } from '@nestjs/common';
import { type BareEvent, type Envelope, isEnvelope } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import { Installation } from '../../platform/database';
import { readEvents } from '../../platform/log';
import { UnitOfWork } from '../../platform/work';
import { changesRoleOf, ReachesQueries } from '../../modules/reach';
import type { EventPageDto, EventsQuery } from './live.dto';
import { maySee } from './live.table';

/** The log as a person may read it. */
@Injectable()
export class EventsQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly installation: Installation,
    private readonly reaches: ReachesQueries,
  ) {}

  /** The next events after a position; those that the actor may not see as their place in the order alone. */
  async page(actor: Actor, { after, types, limit }: EventsQuery): Promise<EventPageDto> {
    const epoch = await this.installation.epoch();
    return this.work.read(actor, async (tx) => {
      const [head] = await tx.query<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
        actor.workspaceId,
      ]);
      const lastSeq = Number(head?.seq ?? 0);
      if (after === undefined) return { items: [], lastSeq, epoch };
      const query = <R extends object>(sql: string, parameters?: unknown[]) => tx.query<R>(sql, parameters);
      const events = await readEvents(query, actor.workspaceId, { after, limit, ...(types ? { types } : {}) });
      const shown = (await this.reaches.shown(tx, [actor], events))(actor);
      const items = shown.events.map((event): Envelope | BareEvent =>
        isEnvelope(event) && maySee(event, actor.permissions, actor.id) ? event : { seq: event.seq },
      );
      const moved = shown.moved || events.some((event) => changesRoleOf(event, actor.userId));
      // A full page ends where it ends; one that is not full has everything there is.
      return {
        items,
        lastSeq: events.length < limit ? lastSeq : (events.at(-1)?.seq ?? lastSeq),
        epoch,
        ...(moved ? { moved } : {}),
      };
    });
  }
}
