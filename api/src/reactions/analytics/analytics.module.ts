import { Module } from '@nestjs/common';
import { ActivityQueries } from './activity.queries';
import { AnalyticsRebuild } from './analytics-rebuild';
import { AnalyticsReaction } from './analytics.reaction';
import { DashboardController } from './dashboard.controller';
import { DashboardQueries } from './dashboard.queries';
import { FactStore } from './fact.store';
import { RollUpProgress } from './roll-up-progress';
import { RollUps } from './roll-ups';
import { RowsQueries } from './rows.queries';
import { StatsPublisher } from './stats.publisher';

/** The numbers: counted from the log, read by the dashboard, told to its screens. */
@Module({
  controllers: [DashboardController],
  providers: [
    ActivityQueries,
    AnalyticsReaction,
    AnalyticsRebuild,
    DashboardQueries,
    FactStore,
    RollUpProgress,
    RollUps,
    RowsQueries,
    StatsPublisher,
  ],
  exports: [AnalyticsRebuild],
})
export class AnalyticsModule {}
