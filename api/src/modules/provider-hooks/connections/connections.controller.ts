import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import {
  ProviderConnectionChangeDto,
  ProviderConnectionDto,
  ProviderConnectionListDto,
  ConnectionParams,
  NewProviderConnectionDto,
  ProviderEventListDto,
  ProviderEventsQuery,
} from './connections.dto';
import { ConnectionsQueries } from './connections.queries';
import { Connections } from './connections.service';

@Controller('api/provider-connections')
export class ProviderConnectionsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ConnectionsQueries,
    private readonly connections: Connections,
  ) {}

  /** The accounts of providers that may call us, the newest first, each with the address to paste there. */
  @Get()
  @Require('webhooks:read')
  list(@CurrentActor() actor: Actor): Promise<ProviderConnectionListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /** Adds an account, with an address of its own. 400 `invalid_input` names the setting that is missing or wrong. */
  @Post()
  @Require('webhooks:write')
  create(@CurrentActor() actor: Actor, @Body() body: NewProviderConnectionDto): Promise<ProviderConnectionDto> {
    return this.work.run(actor, (tx) => this.connections.create(tx, body));
  }

  /** Changes the given fields and leaves the others. The address stays. */
  @Patch(':id')
  @Require('webhooks:write')
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: ConnectionParams,
    @Body() body: ProviderConnectionChangeDto,
  ): Promise<ProviderConnectionDto> {
    return this.work.run(actor, (tx) => this.connections.change(tx, id, body));
  }

  /** Removes an account with all that it told; calls to its address are answered with 404 from then on. */
  @Delete(':id')
  @HttpCode(204)
  @Require('webhooks:write')
  delete(@CurrentActor() actor: Actor, @Param() { id }: ConnectionParams): Promise<void> {
    return this.work.run(actor, (tx) => this.connections.delete(tx, id));
  }

  /** What the provider told in the last 30 days, the newest first, and what became of it. */
  @Get(':id/events')
  @Require('webhooks:read')
  events(
    @CurrentActor() actor: Actor,
    @Param() { id }: ConnectionParams,
    @Query() query: ProviderEventsQuery,
  ): Promise<ProviderEventListDto> {
    return this.work.read(actor, (tx) => this.queries.events(tx, id, query));
  }
}
