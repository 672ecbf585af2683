import { Module } from '@nestjs/common';
import { AuditExport } from './audit-export';
import { AuditController } from './audit.controller';
import { AuditQueries } from './audit.queries';
import { AuditVerifications } from './audit.verification';
import { CheckpointKey } from './checkpoint-key';
import { CheckpointSweeper } from './checkpoint.sweeper';
import { Checkpoints } from './checkpoints.service';

@Module({
  controllers: [AuditController],
  providers: [AuditExport, AuditQueries, AuditVerifications, CheckpointKey, CheckpointSweeper, Checkpoints],
})
export class AuditModule {}
