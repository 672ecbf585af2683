import { Module } from '@nestjs/common';
import { AuditExport } from './audit-export';
import { AuditController } from './audit.controller';
import { AuditQueries } from './audit.queries';
import { AuditReaders } from './audit-readers';
import { AuditVerifications } from './audit.verification';
import { CheckpointKey } from './checkpoint-key';
import { CheckpointSweeper } from './checkpoint.sweeper';
import { Checkpoints } from './checkpoints.service';
import { AuditProofs } from './proofs.service';
import { CutSweeper, Cuts, LegalHolds, Retention, RetentionController } from './retention';
import { AuditViewsModule } from './views/audit-views.module';

@Module({
  imports: [AuditViewsModule],
  controllers: [AuditController, RetentionController],
  providers: [
    AuditExport,
    AuditProofs,
    AuditQueries,
    AuditReaders,
    AuditVerifications,
    CheckpointKey,
    CheckpointSweeper,
    Checkpoints,
    Cuts,
    CutSweeper,
    LegalHolds,
    Retention,
  ],
  exports: [CheckpointKey, Cuts, LegalHolds, AuditQueries, AuditReaders, Checkpoints],
})
export class AuditModule {}
