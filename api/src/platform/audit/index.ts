export { type AuditNote, noteOf } from './audit-entry.rules';
export { APPEND_AUDIT, AuditTrail, type PersonalActor, type PersonalChanges, type SealedEntry } from './audit-trail';
export { AuditTrailModule } from './audit.module';
export { aboutKey, openFor, SubjectKeys } from './subject-keys';
