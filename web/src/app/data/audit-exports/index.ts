export type { MadeAuditStream, NewAuditSchedule, NewAuditStream } from './audit-exports.api';
export type { AuditOutlets } from './audit-exports.rules';
export { AuditExportsStore, LOOK_SECONDS } from './audit-exports.store';
