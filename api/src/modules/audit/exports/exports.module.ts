import { Module } from '@nestjs/common';
import { Settling } from '../../../platform/work';
import { AuditModule } from '../audit.module';
import { ExportBuilder } from './export.builder';
import { ExportDownload } from './export.download';
import { ExportEnds } from './export-ends';
import { ExportLedger } from './export.ledger';
import { ExportPages } from './export-pages';
import { EXPORTS_QUEUE, ExportJobs, ExportProcessor } from './export.processor';
import { ExportProgress } from './export.progress';
import { ExportSweeper } from './export.sweeper';
import { AuditExportsController } from './exports.controller';
import { ExportsQueries } from './exports.queries';
import { AuditExports } from './exports.service';

/** Files of the audit log, made beside the request that asked for them. */
@Module({
  imports: [EXPORTS_QUEUE, AuditModule],
  controllers: [AuditExportsController],
  providers: [
    AuditExports,
    ExportBuilder,
    ExportDownload,
    ExportEnds,
    ExportJobs,
    ExportLedger,
    ExportPages,
    ExportProcessor,
    ExportProgress,
    ExportsQueries,
    ExportSweeper,
  ],
  exports: [AuditExports],
})
export class AuditExportsModule {
  constructor(settling: Settling, sweeper: ExportSweeper) {
    settling.register('audit exports', () => sweeper.drain());
  }
}
