export { AuditModule } from './audit.module';
export { AuditQueries } from './audit.queries';
export { CheckpointKey } from './checkpoint-key';
export { Checkpoints } from './checkpoints.service';
export { AuditExportsModule } from './exports';
export { AuditStreamsModule, SEALED_STREAM_SECRETS } from './streams';
export { LegalHolds } from './retention';
