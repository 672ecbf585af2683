import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { PageQuery } from '../../platform/http';
import { readHead } from '../../platform/log';
import { UnitOfWork } from '../../platform/work';
import { HitPageDto } from './tracking.dto';
import { TrackingQueries } from './tracking.queries';

@Controller('api')
export class TrackingController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: TrackingQueries,
  ) {}

  /** Every hit of a message, oldest first, with its verdict, the rule that decided and what it was judged by. */
  @Get('messages/:id/tracking')
  @Require('tracking:read')
  ofMessage(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() page: PageQuery,
  ): Promise<HitPageDto> {
    return this.work.read(actor, async (tx) => ({
      ...(await this.queries.ofMessage(tx, id, page)),
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }
}
