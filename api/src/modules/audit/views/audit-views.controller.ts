import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { AuditViewChangeDto, AuditViewDto, AuditViewListDto, NewAuditViewDto } from './audit-views.dto';
import { AuditViewsQueries } from './audit-views.queries';
import { AuditViews } from './audit-views.service';

@Controller('api/audit/views')
export class AuditViewsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: AuditViewsQueries,
    private readonly views: AuditViews,
  ) {}

  /** Saved looks at the audit log: one's own and the shared ones, by name. */
  @Get()
  @Require('audit:read')
  async list(@CurrentActor() actor: Actor): Promise<AuditViewListDto> {
    return { items: await this.work.read(actor, (tx) => this.queries.list(tx)), nextCursor: null };
  }

  /** Saves filters under a name. Sharing it with everybody who reads the log takes `audit:write`. */
  @Post()
  @HttpCode(201)
  @Require('audit:read')
  create(@CurrentActor() actor: Actor, @Body() body: NewAuditViewDto): Promise<AuditViewDto> {
    return this.work.run(actor, (tx) => this.views.create(tx, body));
  }

  /** Changes the given fields: of one's own views, and with `audit:write` of shared ones. */
  @Patch(':id')
  @Require('audit:read')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AuditViewChangeDto,
  ): Promise<AuditViewDto> {
    return this.work.run(actor, (tx) => this.views.change(tx, id, body));
  }

  /** Deletes one's own view, or with `audit:write` a shared one. */
  @Delete(':id')
  @HttpCode(204)
  @Require('audit:read')
  delete(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.views.delete(tx, id));
  }
}
