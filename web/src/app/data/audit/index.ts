export { AuditApi, type AuditFilter, type CheckpointFile, type NewAuditView } from './audit.api';
export { AuditStore } from './audit.store';
export { type AuditState, type AuditTrail, TAIL_SECONDS } from './audit-trail';
export { fingerprint, keyBytes } from './browser-cryptography';
export type { OfflineProgress, OfflineVerification } from './offline-verification.rules';
export { OfflineVerifier } from './offline-verifier.service';
