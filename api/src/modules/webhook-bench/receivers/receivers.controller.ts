import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import {
  ChangeReceiverDto,
  ReceiverDto,
  ReceiverListDto,
  ReceiverParams,
  ReceptionDetailDto,
  ReceptionListDto,
} from './receivers.dto';
import { ReceiversQueries } from './receivers.queries';
import { Receivers } from './receivers.service';

/**
 * Receivers of this server to try webhooks on. All of it is for who sets webhooks up: what comes to a receiver is what
 * its endpoints send.
 */
@Controller('api/webhook-bench')
export class TestReceiversController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ReceiversQueries,
    private readonly receivers: Receivers,
  ) {}

  /** All receivers of the workspace, the newest first. */
  @Get('receivers')
  @Require('webhooks:write')
  list(@CurrentActor() actor: Actor): Promise<ReceiverListDto> {
    return this.work.read(actor, async (tx) => ({ items: await this.queries.list(tx), nextCursor: null }));
  }

  /** A new receiver; it answers 200. 409 `quota_reached` for the eleventh. */
  @Post('receivers')
  @Require('webhooks:write')
  create(@CurrentActor() actor: Actor): Promise<ReceiverDto> {
    return this.work.run(actor, (tx) => this.receivers.create(tx));
  }

  /** Tells a receiver how to answer from now on. */
  @Patch('receivers/:id')
  @Require('webhooks:write')
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: ReceiverParams,
    @Body() { answer }: ChangeReceiverDto,
  ): Promise<ReceiverDto> {
    return this.work.run(actor, (tx) => this.receivers.change(tx, id, answer));
  }

  /** Takes a receiver away, with what came to it. */
  @Delete('receivers/:id')
  @HttpCode(204)
  @Require('webhooks:write')
  delete(@CurrentActor() actor: Actor, @Param() { id }: ReceiverParams): Promise<void> {
    return this.work.run(actor, (tx) => this.receivers.delete(tx, id));
  }

  /** What came to a receiver, the newest first: 100 at most, of the last 24 hours. */
  @Get('receivers/:id/receptions')
  @Require('webhooks:write')
  receptions(@CurrentActor() actor: Actor, @Param() { id }: ReceiverParams): Promise<ReceptionListDto> {
    return this.work.read(actor, async (tx) => ({ items: await this.queries.receptions(tx, id), nextCursor: null }));
  }

  /** Throws away what came to a receiver so far. */
  @Delete('receivers/:id/receptions')
  @HttpCode(204)
  @Require('webhooks:write')
  clear(@CurrentActor() actor: Actor, @Param() { id }: ReceiverParams): Promise<void> {
    return this.work.run(actor, (tx) => this.receivers.clear(tx, id));
  }

  /** One request with its headers and its body, byte for byte. */
  @Get('receptions/:id')
  @Require('webhooks:write')
  reception(@CurrentActor() actor: Actor, @Param() { id }: ReceiverParams): Promise<ReceptionDetailDto> {
    return this.work.read(actor, (tx) => this.queries.reception(tx, id));
  }
}
