export { AuditModule } from './audit.module';
export { AuditQueries } from './audit.queries';
export { CheckpointKey } from './checkpoint-key';
export { Checkpoints } from './checkpoints.service';
export { CheckpointDeliveryModule } from './delivery';
export { AuditExportsModule } from './exports';
export { AuditSchedulesModule } from './schedules';
export { AuditStreamsModule, SEALED_STREAM_SECRETS } from './streams';
export { LegalHolds } from './retention';
