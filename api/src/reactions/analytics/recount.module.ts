import { Module } from '@nestjs/common';
import { AnalyticsRebuild } from './analytics-rebuild';
import { FactStore } from './fact.store';
import { RollUps } from './roll-ups';

/** Counting, without anything that listens or answers: what a script needs. */
@Module({
  providers: [AnalyticsRebuild, FactStore, RollUps],
  exports: [AnalyticsRebuild, FactStore, RollUps],
})
export class RecountModule {}
