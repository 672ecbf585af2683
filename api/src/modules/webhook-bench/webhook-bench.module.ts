import { Module } from '@nestjs/common';
import { BenchNews } from './news';
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
  controllers: [ReceiversController, ReceptionIntakeController],
  providers: [BenchNews, Receivers, ReceiversQueries, ReceptionIntake, ReceptionsSweeper],
})
export class WebhookBenchModule {}
