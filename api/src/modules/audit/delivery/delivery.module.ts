import { Module } from '@nestjs/common';
import { AuditModule } from '../audit.module';
import { CheckpointDeliveryController } from './delivery.controller';
import { CheckpointDeliveries } from './delivery.service';
import { DeliverySweeper } from './delivery.sweeper';

/** Checkpoints by mail. */
@Module({
  imports: [AuditModule],
  controllers: [CheckpointDeliveryController],
  providers: [CheckpointDeliveries, DeliverySweeper],
})
export class CheckpointDeliveryModule {}
