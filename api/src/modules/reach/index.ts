export { ReachModule } from './reach.module';
export { ownerOfNew, type Reach, reachesEverything } from './reach.rules';
export { changesRoleOf } from './reach.table';
export { ReachesQueries, type Shown } from './reaches.queries';
export { type VisibleTo, visibleTo } from './visible-to';
