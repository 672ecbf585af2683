export { AuditApi, type AuditFilter, type CheckpointFile } from './audit.api';
export { type AuditState, AuditStore, type AuditTrail } from './audit.store';
