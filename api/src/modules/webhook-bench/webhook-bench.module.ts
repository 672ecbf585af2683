import { Module } from '@nestjs/common';
import { ReachModule } from '../reach';
import { WebhooksModule } from '../webhooks';
import { AddressChecks, WebhooksAddressController } from './address';
import { EventTypesController, CatalogueQueries } from './catalogue';
import { WebhooksFiguresController, FiguresQueries } from './figures';
import { BenchNews, DeliveryWatch } from './news';
import {
  TestReceiversController,
  ReceiversQueries,
  Receivers,
  ReceptionIntake,
  TestReceiversIntakeController,
  ReceptionsSweeper,
} from './receivers';

/** The workbench of webhooks: receivers to try them on, the catalogue of events, how endpoints do. */
@Module({
  imports: [ReachModule, WebhooksModule],
  controllers: [
    WebhooksAddressController,
    EventTypesController,
    WebhooksFiguresController,
    TestReceiversController,
    TestReceiversIntakeController,
  ],
  providers: [
    AddressChecks,
    BenchNews,
    CatalogueQueries,
    DeliveryWatch,
    FiguresQueries,
    Receivers,
    ReceiversQueries,
    ReceptionIntake,
    ReceptionsSweeper,
  ],
})
export class WebhookBenchModule {}
