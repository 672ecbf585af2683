import { Module } from '@nestjs/common';
import { Settling } from '../../../platform/work';
import { AuditModule } from '../audit.module';
import { AuditExportsModule } from '../exports';
import { AuditSchedulesController } from './schedules.controller';
import { SchedulesQueries } from './schedules.queries';
import { AuditSchedules } from './schedules.service';
import { ScheduleSweeper } from './schedules.sweeper';

/** Exports of the audit log that are made by themselves. */
@Module({
  imports: [AuditModule, AuditExportsModule],
  controllers: [AuditSchedulesController],
  providers: [AuditSchedules, SchedulesQueries, ScheduleSweeper],
})
export class AuditSchedulesModule {
  constructor(settling: Settling, sweeper: ScheduleSweeper) {
    settling.register('audit schedules', () => sweeper.look());
  }
}
