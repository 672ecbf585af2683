import { Controller, Get, Header, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import {
  AuditExportParams,
  AuditListParams,
  AuditPageDto,
  AuditVerificationDto,
  CheckpointDto,
  CheckpointListDto,
} from './audit.dto';
import { AuditExport } from './audit-export';
import { AuditQueries } from './audit.queries';
import { AuditVerifications } from './audit.verification';
import { Checkpoints } from './checkpoints.service';

@Controller('api/audit')
export class AuditController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: AuditQueries,
    private readonly verifications: AuditVerifications,
    private readonly checkpoints: Checkpoints,
    private readonly exports: AuditExport,
  ) {}

  /** Who did what, when, from where, and whether it was allowed: the newest first. Opening it leaves an entry too. */
  @Get()
  @Require('audit:read')
  list(@CurrentActor() actor: Actor, @Query() query: AuditListParams): Promise<AuditPageDto> {
    if (query.cursor !== undefined || query.after !== undefined)
      return this.work.read(actor, (tx) => this.queries.list(tx, query));
    return this.work.run(actor, async (tx) => {
      const page = await this.queries.list(tx, query);
      tx.note({ action: 'audit.viewed', outcome: 'allowed', targets: [`workspace:${tx.workspaceId}`] });
      return page;
    });
  }

  /** Computes every hash and root again. `ok: false` names the first entry that is not what it was. */
  @Get('verify')
  @Require('audit:read')
  verify(@CurrentActor() actor: Actor): Promise<AuditVerificationDto> {
    return this.work.read(actor, (tx) => this.verifications.verify(tx));
  }

  /** The whole log as a stream: `jsonl` to verify it offline, `csv` to read it. */
  @Get('export')
  @Require('audit:read')
  @Header('cache-control', 'no-store')
  async export(@CurrentActor() actor: Actor, @Query() { format }: AuditExportParams): Promise<StreamableFile> {
    return new StreamableFile(await this.exports.stream(actor, format), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="audit.${format}"`,
    });
  }

  /** Signed checkpoints, the newest first. Keep them elsewhere: they prove later that nothing before them was touched. */
  @Get('checkpoints')
  @Require('audit:read')
  async checkpointList(@CurrentActor() actor: Actor): Promise<CheckpointListDto> {
    return { items: await this.work.read(actor, (tx) => this.checkpoints.list(tx)), nextCursor: null };
  }

  /** Makes a checkpoint of everything there is now. */
  @Post('checkpoints')
  @HttpCode(201)
  @Require('audit:read')
  makeCheckpoint(@CurrentActor() actor: Actor): Promise<CheckpointDto> {
    return this.work.run(actor, (tx) => this.checkpoints.make(tx));
  }
}
