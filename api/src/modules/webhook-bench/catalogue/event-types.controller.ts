import { Controller, Get, Param } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { CatalogueDetailDto, CatalogueDto, CatalogueParams } from './catalogue.dto';
import { CatalogueQueries } from './catalogue.queries';

@Controller('api/webhook-bench/event-types')
export class EventTypesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: CatalogueQueries,
  ) {}

  /** Every event type that endpoints can ask for, in words. */
  @Get()
  @Require('webhooks:read')
  list(): CatalogueDto {
    return { items: this.queries.list(), nextCursor: null };
  }

  /** One event type with the schema of its data, and a sample: the newest of the workspace's own that one may see. */
  @Get(':type')
  @Require('webhooks:read')
  one(@CurrentActor() actor: Actor, @Param() { type }: CatalogueParams): Promise<CatalogueDetailDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, type));
  }
}
