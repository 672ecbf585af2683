export { CutSweeper } from './cut.sweeper';
export { Cuts } from './cuts.service';
export { LegalHolds } from './holds.service';
export { RetentionController } from './retention.controller';
export { Retention } from './retention.service';
