export type { CutRecord, NewHold } from './retention.api';
export { RetentionStore } from './retention.store';
export type { RetentionState } from './retention.rules';
