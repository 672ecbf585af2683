import { Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import {
  AuditEntryDto,
  AuditExportParams,
  AuditListParams,
  AuditPageDto,
  AuditVerificationDto,
  CheckpointDto,
  CheckpointListDto,
  ConsistencyParams,
  ConsistencyProofDto,
  InclusionProofDto,
  ProofParams,
} from './audit.dto';
import { AuditExport } from './audit-export';
import { AuditQueries } from './audit.queries';
import { AuditVerifications } from './audit.verification';
import { Checkpoints } from './checkpoints.service';
import { AuditProofs } from './proofs.service';

@Controller('api/audit')
export class AuditController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: AuditQueries,
    private readonly verifications: AuditVerifications,
    private readonly checkpoints: Checkpoints,
    private readonly exports: AuditExport,
    private readonly proofs: AuditProofs,
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

  /** Proves that the log of so many entries is the beginning of the log of so many more (RFC 9162, 2.1.4). */
  @Get('consistency')
  @Require('audit:read')
  consistency(@CurrentActor() actor: Actor, @Query() { from, to }: ConsistencyParams): Promise<ConsistencyProofDto> {
    return this.work.read(actor, (tx) => this.proofs.consistency(tx, from, to));
  }

  /** One entry. Opening it leaves an entry too. */
  @Get(':id')
  @Require('audit:read')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<AuditEntryDto> {
    return this.work.run(actor, async (tx) => {
      const entry = await this.queries.get(tx, id);
      tx.note({ action: 'audit.viewed', outcome: 'allowed', targets: [`workspace:${tx.workspaceId}`] });
      return entry;
    });
  }

  /** Proves that an entry is in the log of a checkpoint (RFC 9162, 2.1.3): check it offline, against one that was kept. */
  @Get(':id/proof')
  @Require('audit:read')
  proof(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { size }: ProofParams,
  ): Promise<InclusionProofDto> {
    return this.work.read(actor, (tx) => this.proofs.inclusion(tx, id, size));
  }

  /** Makes a checkpoint of everything there is now. */
  @Post('checkpoints')
  @HttpCode(201)
  @Require('audit:read')
  makeCheckpoint(@CurrentActor() actor: Actor): Promise<CheckpointDto> {
    return this.work.run(actor, (tx) => this.checkpoints.make(tx));
  }
}
