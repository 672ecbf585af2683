import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { Cuts } from './cuts.service';
import { LegalHolds } from './holds.service';
import {
  AuditRetentionDto,
  CutListDto,
  LegalHoldDto,
  LegalHoldListDto,
  NewHoldDto,
  RetentionPreviewDto,
  RetentionPreviewParams,
  SetRetentionDto,
} from './retention.dto';
import { Retention } from './retention.service';

@Controller('api/audit')
export class RetentionController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly retention: Retention,
    private readonly holds: LegalHolds,
    private readonly cuts: Cuts,
    private readonly clock: Clock,
  ) {}

  /** How long the audit log is kept. */
  @Get('retention')
  @Require('audit:read')
  find(@CurrentActor() actor: Actor): Promise<AuditRetentionDto> {
    return this.work.read(actor, (tx) => this.retention.find(tx));
  }

  /** Keeps the audit log for so many months, or for ever. What is older goes within the hour, held entries excepted. */
  @Put('retention')
  @Require('audit:write')
  @NeedsProof()
  set(@CurrentActor() actor: Actor, @Body() { months }: SetRetentionDto): Promise<AuditRetentionDto> {
    return this.work.run(actor, (tx) => this.retention.set(tx, months));
  }

  /** What keeping the log for so many months would take out of it now. Changes nothing. */
  @Get('retention/preview')
  @Require('audit:read')
  preview(@CurrentActor() actor: Actor, @Query() { months }: RetentionPreviewParams): Promise<RetentionPreviewDto> {
    return this.work.read(actor, (tx) => this.retention.preview(tx, months, this.clock.now()));
  }

  /** Where the log was cut, the newest first: signed records that what remains is verified from. */
  @Get('cuts')
  @Require('audit:read')
  async cutList(@CurrentActor() actor: Actor): Promise<CutListDto> {
    return { items: await this.work.read(actor, (tx) => this.cuts.list(tx)), nextCursor: null };
  }

  /** Legal holds: those that hold now first. */
  @Get('holds')
  @Require('audit:read')
  holdList(@CurrentActor() actor: Actor): Promise<LegalHoldListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.holds.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /** Places a legal hold: what it names is neither cut nor erased until it is released. */
  @Post('holds')
  @Require('audit:write')
  @NeedsProof()
  place(@CurrentActor() actor: Actor, @Body() body: NewHoldDto): Promise<LegalHoldDto> {
    return this.work.run(actor, (tx) => this.holds.place(tx, body));
  }

  /** Releases a legal hold. Twice is no error. */
  @Post('holds/:id/release')
  @HttpCode(200)
  @Require('audit:write')
  @NeedsProof()
  release(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<LegalHoldDto> {
    return this.work.run(actor, (tx) => this.holds.release(tx, id));
  }
}
