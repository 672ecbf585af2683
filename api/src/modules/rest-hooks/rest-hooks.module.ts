import { Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { ReachModule } from '../reach';
import { WebhooksModule } from '../webhooks';
import { GoneHooksReaction } from './gone-hooks.reaction';
import { RestHooksController } from './rest-hooks.controller';
import { RestHooksQueries } from './rest-hooks.queries';
import { RestHooks } from './rest-hooks.service';
import { RestHooksSweeper } from './rest-hooks.sweeper';

/** Subscribing by program, as Zapier, n8n and Make do it: one address and one event type at a time. */
@Module({
  imports: [ReachModule, WebhooksModule],
  controllers: [RestHooksController],
  providers: [GoneHooksReaction, RestHooks, RestHooksQueries, RestHooksSweeper],
})
export class RestHooksModule {
  constructor(settling: Settling, sweeper: RestHooksSweeper) {
    settling.register('rest hooks', () => sweeper.sweep());
  }
}
