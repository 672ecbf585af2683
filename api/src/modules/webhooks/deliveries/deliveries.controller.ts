import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { WebhookParams } from '../endpoints';
import {
  DeliveriesQuery,
  DeliveryDetailDto,
  DeliveryDto,
  DeliveryPageDto,
  ReplayAnswerDto,
  ReplayDto,
  WebhookTestDto,
} from './deliveries.dto';
import { DeliveriesQueries } from './deliveries.queries';
import { Replays } from './replays.service';
import { Trials } from './trials.service';

@Controller('api/webhooks')
export class DeliveriesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: DeliveriesQueries,
    private readonly replays: Replays,
    private readonly trials: Trials,
  ) {}

  /** Deliveries of an endpoint, the newest event first, with every attempt. 400 `invalid_cursor`. */
  @Get(':id/deliveries')
  @Require('webhooks:read')
  list(
    @CurrentActor() actor: Actor,
    @Param() { id }: WebhookParams,
    @Query() query: DeliveriesQuery,
  ): Promise<DeliveryPageDto> {
    return this.work.read(actor, (tx) => this.queries.list(tx, id, query));
  }

  /** One delivery, every attempt, and the body that is sent, for who may see the event. */
  @Get('deliveries/:id')
  @Require('webhooks:read')
  one(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<DeliveryDetailDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, id));
  }

  /**
   * One more try at once, with the same id and bytes; it is not repeated by itself. One that waits for its next try is
   * tried now. 409 `wrong_state` while the endpoint is switched off.
   */
  @Post('deliveries/:id/redeliver')
  @HttpCode(202)
  @Require('webhooks:write')
  redeliver(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<DeliveryDto> {
    return this.work.run(actor, (tx) => this.replays.redeliver(tx, id));
  }

  /**
   * Sends a stretch of the log to the endpoint again, also what it had not asked for at the time: what it asks for and
   * its maker may see now; or only what did not arrive. 409 `wrong_state` while it is switched off.
   */
  @Post(':id/replay')
  @HttpCode(202)
  @Require('webhooks:write')
  replay(
    @CurrentActor() actor: Actor,
    @Param() { id }: WebhookParams,
    @Body() body: ReplayDto,
  ): Promise<ReplayAnswerDto> {
    return this.work.run(actor, async (tx) => ({ deliveries: await this.replays.replay(tx, id, body) }));
  }

  /** How many deliveries that replay would come to; nothing is sent. */
  @Post(':id/replay/preview')
  @HttpCode(200)
  @Require('webhooks:read')
  async preview(
    @CurrentActor() actor: Actor,
    @Param() { id }: WebhookParams,
    @Body() body: ReplayDto,
  ): Promise<ReplayAnswerDto> {
    return { deliveries: await this.work.read(actor, (tx) => this.replays.preview(tx, id, body)) };
  }

  /** Sends a test event now, whether the endpoint is switched on or off, and answers with what the receiver said. */
  @Post(':id/test')
  @HttpCode(200)
  @Require('webhooks:write')
  test(@CurrentActor() actor: Actor, @Param() { id }: WebhookParams): Promise<WebhookTestDto> {
    return this.trials.send(actor, id);
  }
}
