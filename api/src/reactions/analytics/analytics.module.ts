import { Module } from '@nestjs/common';
import { ReachModule } from '../../modules/reach';
import { ActivityQueries } from './activity.queries';
import { AnalyticsReaction } from './analytics.reaction';
import { DashboardController } from './dashboard.controller';
import { DashboardQueries } from './dashboard.queries';
import { RecountModule } from './recount.module';
import { RollUpProgress } from './roll-up-progress';
import { RowsQueries } from './rows.queries';
import { StatsPublisher } from './stats.publisher';

/** The numbers: counted from the log, read by the dashboard, told to its screens. */
@Module({
  imports: [ReachModule, RecountModule],
  controllers: [DashboardController],
  providers: [ActivityQueries, AnalyticsReaction, DashboardQueries, RollUpProgress, RowsQueries, StatsPublisher],
  exports: [RecountModule],
})
export class AnalyticsModule {}
