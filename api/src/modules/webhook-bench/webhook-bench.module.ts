import { Module } from '@nestjs/common';
import { ReachModule } from '../reach';
import { WebhooksModule } from '../webhooks';
import { AddressChecks, AddressController } from './address';
import { CatalogueController, CatalogueQueries } from './catalogue';
import { FiguresController, FiguresQueries } from './figures';
import { BenchNews, DeliveryWatch } from './news';
import {
  ReceiversController,
  ReceiversQueries,
  Receivers,
  ReceptionIntake,
  ReceptionIntakeController,
  ReceptionsSweeper,
} from './receivers';

/** The workbench of webhooks: receivers to try them on, the catalogue of events, how endpoints do. */
@Module({
  imports: [ReachModule, WebhooksModule],
  controllers: [
    AddressController,
    CatalogueController,
    FiguresController,
    ReceiversController,
    ReceptionIntakeController,
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
