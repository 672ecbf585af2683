import { Controller, Get, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { InboundMailListDto, InboundMailsQuery } from './inbound.dto';
import { InboundMailsQueries } from './inbound-mails.queries';

@Controller('api/inbound-mails')
export class InboundController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: InboundMailsQueries,
  ) {}

  /** Mail that came in, newest first: by default what no conversation was found for. Nothing of it is lost. */
  @Get()
  @Require('conversations:read')
  list(@CurrentActor() actor: Actor, @Query() query: InboundMailsQuery): Promise<InboundMailListDto> {
    return this.work.read(actor, (tx) => this.queries.list(tx, { ...query, state: query.state ?? 'unmatched' }));
  }
}
