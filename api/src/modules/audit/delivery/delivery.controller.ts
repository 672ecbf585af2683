import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { CheckpointDeliveryDto, CheckpointDeliveryInputDto, CheckpointSentDto } from './delivery.dto';
import { CheckpointDeliveries } from './delivery.service';

@Controller('api/audit/checkpoint-delivery')
export class CheckpointDeliveryController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: CheckpointDeliveries,
  ) {}

  /** Who is mailed checkpoints. */
  @Get()
  @Require('audit:read')
  shown(@CurrentActor() actor: Actor): Promise<CheckpointDeliveryDto> {
    return this.work.read(actor, (tx) => this.deliveries.shown(tx));
  }

  /** Says who is mailed checkpoints. 400 `invalid_input` names those who may not read the log. */
  @Put()
  @Require('audit:write')
  set(@CurrentActor() actor: Actor, @Body() body: CheckpointDeliveryInputDto): Promise<CheckpointDeliveryDto> {
    return this.work.run(actor, (tx) => this.deliveries.set(tx, body));
  }

  /** Makes a checkpoint of everything there is now, and lets it leave: by mail and on the streams that carry them. */
  @Post('now')
  @HttpCode(200)
  @Require('audit:write')
  send(@CurrentActor() actor: Actor): Promise<CheckpointSentDto> {
    return this.work.run(actor, (tx) => this.deliveries.send(tx));
  }
}
