import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { EnvelopeDto } from '../../platform/log';
import { UnitOfWork } from '../../platform/work';
import { Addresses } from '../webhooks';
import { RestHookParams, SampleQuery, SubscribeDto, SubscriptionDto } from './rest-hooks.dto';
import { RestHooksQueries } from './rest-hooks.queries';
import { RestHooks } from './rest-hooks.service';

@Controller('api/hooks/rest')
export class RestHooksController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hooks: RestHooks,
    private readonly queries: RestHooksQueries,
    private readonly addresses: Addresses,
  ) {}

  /**
   * Subscribes an address to one event type: every such event from now on is posted there as its envelope. It counts
   * among the workspace's webhooks, and is seen there. 400 `address_not_allowed`; 409 `quota_reached`.
   */
  @Post()
  @Require('webhooks:write')
  async subscribe(@CurrentActor() actor: Actor, @Body() body: SubscribeDto): Promise<SubscriptionDto> {
    await this.addresses.check(body.targetUrl);
    return this.work.run(actor, (tx) => this.hooks.subscribe(tx, body));
  }

  /** Ends a subscription. So does the receiver's answer 410 to an event. 404 for what is none. */
  @Delete(':id')
  @HttpCode(204)
  @Require('webhooks:write')
  unsubscribe(@CurrentActor() actor: Actor, @Param() { id }: RestHookParams): Promise<void> {
    return this.work.run(actor, (tx) => this.hooks.unsubscribe(tx, id));
  }

  /**
   * The workspace's own last events of a type, three at most and the newest first, in the shape in which they are
   * posted; a made-up one where there is none yet.
   */
  @Get('sample')
  @Require('webhooks:read')
  sample(@CurrentActor() actor: Actor, @Query() { eventType }: SampleQuery): Promise<EnvelopeDto[]> {
    return this.work.read(actor, (tx) => this.queries.samples(tx, eventType));
  }
}
