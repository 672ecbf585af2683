import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { FiguresListDto, FiguresParams, FiguresQuery, WebhookFiguresDto } from './figures.dto';
import { FiguresQueries } from './figures.queries';

const A_DAY = 24;

@ApiTags('Webhooks')
@Controller('api/webhook-bench/figures')
export class WebhooksFiguresController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: FiguresQueries,
  ) {}

  /** How every endpoint did in the last 24 hours, hour by hour. */
  @Get()
  @Require('webhooks:read')
  list(@CurrentActor() actor: Actor): Promise<FiguresListDto> {
    return this.work.read(actor, async (tx) => ({ items: await this.queries.list(tx, A_DAY), nextCursor: null }));
  }

  /** How one endpoint did in the last hours, a week at most. */
  @Get(':id')
  @Require('webhooks:read')
  one(
    @CurrentActor() actor: Actor,
    @Param() { id }: FiguresParams,
    @Query() { hours }: FiguresQuery,
  ): Promise<WebhookFiguresDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, id, hours ?? A_DAY));
  }
}
