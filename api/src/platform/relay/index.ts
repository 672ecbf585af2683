export { Broadcast, type NewestState, type StateNews, type StateOf } from './broadcast';
export { type Followed, type Growth, LogRelay } from './log-relay';
export { RelayModule } from './relay.module';
