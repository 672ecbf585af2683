export { Beside } from './beside';
export { IdempotencyKeys, KeyTaken } from './idempotency-keys';
export { Reaction, type ReactsTo } from './reaction';
export { ReactionRunner } from './reaction-runner';
export { Settling } from './settling';
export { type ReadTx, type Tx } from './tx';
export { UnitOfWork } from './unit-of-work';
export { WorkModule } from './work.module';
export { Denials } from './denials';
