import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { PageQuery } from '../../platform/http';
import { UnitOfWork } from '../../platform/work';
import {
  DiscardDraftParams,
  DraftChannelParams,
  DraftDto,
  DraftPageDto,
  DraftParams,
  SaveDraftDto,
} from './drafts.dto';
import { DraftsQueries } from './drafts.queries';
import { DraftsService } from './drafts.service';

@Controller('api/drafts')
export class DraftsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly drafts: DraftsService,
    private readonly queries: DraftsQueries,
  ) {}

  /** All drafts of the workspace. */
  @Get()
  @Require('drafts:read')
  list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<DraftPageDto> {
    return this.work.read(actor, (tx) => this.queries.list(tx, query));
  }

  /** The draft of a lead on a channel; 204 when there is none. */
  @Get(':leadId')
  @Require('drafts:read')
  @ApiOkResponse({ type: DraftDto })
  @ApiNoContentResponse({ description: 'There is no draft.' })
  async draft(
    @CurrentActor() actor: Actor,
    @Param() { leadId }: DraftParams,
    @Query() { channel }: DraftChannelParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftDto | undefined> {
    const draft = await this.work.read(actor, (tx) => this.queries.ofLead(tx, leadId, channel));
    if (!draft) void reply.code(204);
    return draft;
  }

  /**
   * Saves the whole draft; one without anything to read clears it. 409 `stale_revision` when it has moved on since
   * `baseRevision`; `current` is the draft as it is.
   */
  @Post(':leadId')
  @HttpCode(200)
  @Require('drafts:write')
  save(@CurrentActor() actor: Actor, @Param() { leadId }: DraftParams, @Body() body: SaveDraftDto): Promise<DraftDto> {
    return this.work.run(actor, (tx) => this.drafts.save(tx, { ...body, leadId }));
  }

  /** Throws the draft away; no error when there is none. */
  @Delete(':leadId')
  @HttpCode(204)
  @Require('drafts:write')
  discard(
    @CurrentActor() actor: Actor,
    @Param() { leadId }: DraftParams,
    @Query() query: DiscardDraftParams,
  ): Promise<void> {
    return this.work.run(actor, (tx) => this.drafts.discard(tx, { ...query, leadId }));
  }
}
