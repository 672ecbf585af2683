import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { EnvelopePageDto, readHead } from '../../platform/log';
import { IfMatch, PageQuery, Precondition, Preconditioned } from '../../platform/http';
import { UnitOfWork } from '../../platform/work';
import { LeadListQueries } from './lead-list.queries';
import {
  ChangeLeadDto,
  CreateLeadDto,
  LeadDto,
  LeadListParams,
  LeadPageDto,
  LeadParams,
  LeadSnapshotDto,
} from './leads.dto';
import { LeadsQueries } from './leads.queries';
import { LeadsService } from './leads.service';
import { TimelineQueries } from './timeline.queries';

@Controller('api/leads')
export class LeadsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly leads: LeadsService,
    private readonly queries: LeadsQueries,
    private readonly lists: LeadListQueries,
    private readonly timelines: TimelineQueries,
  ) {}

  /** Leads of the workspace, newest first unless `sort` says otherwise. 400 `invalid_cursor`. */
  @Get()
  @Require('leads:read')
  list(@CurrentActor() actor: Actor, @Query() query: LeadListParams): Promise<LeadPageDto> {
    return this.work.read(actor, (tx) => this.lists.list(tx, query));
  }

  /** Makes a lead. 409 `duplicate` when another one has its e-mail address or id; `current` is that lead. */
  @Post()
  @Require('leads:write')
  create(@CurrentActor() actor: Actor, @Body() body: CreateLeadDto): Promise<LeadDto> {
    return this.work.run(actor, (tx) => this.leads.create(tx, body));
  }

  /** One lead. */
  @Get(':id')
  @Require('leads:read')
  lead(@CurrentActor() actor: Actor, @Param() { id }: LeadParams): Promise<LeadSnapshotDto> {
    return this.work.read(actor, async (tx) => ({
      ...(await this.queries.get(tx, id)),
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /** Changes the given fields and leaves the others. 409 `duplicate` when another lead has the e-mail address. */
  @Patch(':id')
  @Require('leads:write')
  @Preconditioned()
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: LeadParams,
    @Body() body: ChangeLeadDto,
    @IfMatch() precondition: Precondition | null,
  ): Promise<LeadDto> {
    return this.work.run(actor, async (tx) => {
      if (precondition) precondition.check((await this.queries.hold(tx, id)).lead);
      return this.leads.change(tx, id, body);
    });
  }

  /** Deletes a lead; it can be restored for 30 days. */
  @Delete(':id')
  @HttpCode(204)
  @Require('leads:delete')
  @Preconditioned()
  delete(
    @CurrentActor() actor: Actor,
    @Param() { id }: LeadParams,
    @IfMatch() precondition: Precondition | null,
  ): Promise<void> {
    return this.work.run(actor, async (tx) => {
      if (precondition) precondition.check((await this.queries.hold(tx, id)).lead);
      return this.leads.delete(tx, id);
    });
  }

  /** Brings a deleted lead back. 409 `wrong_state` when it is not deleted, `duplicate` when its address is taken by now. */
  @Post(':id/restore')
  @HttpCode(200)
  @Require('leads:delete')
  restore(@CurrentActor() actor: Actor, @Param() { id }: LeadParams): Promise<LeadDto> {
    return this.work.run(actor, (tx) => this.leads.restore(tx, id));
  }

  /** The events about a lead that the caller may read, newest first. */
  @Get(':id/timeline')
  @Require('leads:read')
  timeline(
    @CurrentActor() actor: Actor,
    @Param() { id }: LeadParams,
    @Query() query: PageQuery,
  ): Promise<EnvelopePageDto> {
    return this.work.read(actor, (tx) => this.timelines.timeline(tx, id, query));
  }
}
