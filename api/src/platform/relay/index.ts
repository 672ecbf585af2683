export { type Followed, LogRelay } from './log-relay';
export { RelayModule } from './relay.module';
