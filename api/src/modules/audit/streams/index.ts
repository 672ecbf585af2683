export { SEALED_STREAM_SECRETS } from './streams.queries';
export { AuditStreamsModule } from './streams.module';
