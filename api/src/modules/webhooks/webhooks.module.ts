import { Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { AccountMailModule } from '../account-mail';
import { ReachModule } from '../reach';
import {
  DeliveriesController,
  DeliveriesQueries,
  DeliveryHistory,
  DeliveryLedger,
  DeliveryLimits,
  DeliverySender,
  DeliverySweeper,
  DeliveryWake,
  Dispatcher,
  FanOut,
  FanOutReaction,
  MakersQueries,
  Outcomes,
  Payloads,
  Replays,
  RestoredDeliveries,
  Trials,
} from './deliveries';
import {
  Addresses,
  EndpointStates,
  WebhookMakersReaction,
  Webhooks,
  WebhooksController,
  WebhooksQueries,
} from './endpoints';
import { WebhookSecrets } from './signing';

/** Telling other programs what happened: endpoints, and the deliveries to them. */
@Module({
  imports: [AccountMailModule, ReachModule],
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    Addresses,
    DeliveriesQueries,
    DeliveryHistory,
    DeliveryLedger,
    DeliveryLimits,
    DeliverySender,
    DeliverySweeper,
    DeliveryWake,
    Dispatcher,
    EndpointStates,
    FanOut,
    FanOutReaction,
    MakersQueries,
    Outcomes,
    Payloads,
    Replays,
    RestoredDeliveries,
    Trials,
    WebhookMakersReaction,
    WebhookSecrets,
    Webhooks,
    WebhooksQueries,
  ],
  exports: [
    Addresses,
    DeliveriesQueries,
    DeliverySender,
    FanOut,
    Payloads,
    Replays,
    RestoredDeliveries,
    WebhookSecrets,
    Webhooks,
    WebhooksQueries,
  ],
})
export class WebhooksModule {
  constructor(settling: Settling, dispatcher: Dispatcher) {
    settling.register('webhooks', () => dispatcher.drain());
  }
}
