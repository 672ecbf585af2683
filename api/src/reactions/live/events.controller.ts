import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { CurrentActor, Require } from '../../platform/access';
import { EventsQueries } from './events.queries';
import { EventPageDto, EventsQuery } from './live.dto';

@Controller('api/events')
export class EventsController {
  constructor(private readonly events: EventsQueries) {}

  /**
   * The workspace's log after a position, in order and without gaps: what the live stream sends, for those who poll.
   * Go on with `after` = `lastSeq` until it no longer moves.
   */
  @Get()
  @Require('events:read')
  page(@CurrentActor() actor: Actor, @Query() query: EventsQuery): Promise<EventPageDto> {
    return this.events.page(actor, query);
  }
}
