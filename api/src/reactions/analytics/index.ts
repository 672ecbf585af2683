export { AnalyticsModule } from './analytics.module';
export { AnalyticsRebuild, type Recount } from './analytics-rebuild';
export { RecountModule } from './recount.module';
