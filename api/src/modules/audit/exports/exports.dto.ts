import { ApiProperty } from '@nestjs/swagger';
import {
  AUDIT_EXPORT_STATES,
  AUDIT_FORMATS,
  AUDIT_OUTCOMES,
  type AuditExport,
  type AuditExportFilters,
  type AuditExportState,
  type AuditFormat,
  type AuditOutcome,
  REF_KINDS,
  type RefKind,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsISO8601, IsObject, Length, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Line, MayBeAbsent } from '../../../platform/http';

/** The words of GET /api/audit; all of them absent: the whole log. */
export class AuditExportFiltersDto implements AuditExportFilters {
  /** The id of a person, an API key, or a part of Threadline. */
  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  actorId?: string;

  @MayBeAbsent()
  @IsIn(AUDIT_OUTCOMES)
  outcome?: AuditOutcome;

  /** `lead.updated`, with or without its version, or the noun alone: `lead`. */
  @MayBeAbsent()
  @Matches(/^[a-z_]+(\.[a-z_]+(\.v\d+)?)?$/, { message: 'action must be such as lead.updated, or lead' })
  @MaxLength(100)
  action?: string;

  @MayBeAbsent()
  @IsIn(REF_KINDS)
  targetType?: RefKind;

  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  targetId?: string;

  /** From this moment on. */
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  from?: string;

  /** Before this moment. */
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  to?: string;

  @MayBeAbsent()
  @Line()
  @Length(1, 45)
  ip?: string;

  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  requestId?: string;

  /** An address, a request, a person, a thing or an action. */
  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  q?: string;
}

export class NewAuditExportDto {
  /** `jsonl` to verify it offline, `csv` to read it. */
  @IsIn(AUDIT_FORMATS)
  format: AuditFormat;

  /** Only entries that match; left out: the whole log, which is what can be verified against a checkpoint. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AuditExportFiltersDto)
  filters?: AuditExportFiltersDto;
}

export class AuditMakerDto {
  id: string;
  name: string;
}

export class AuditExportDto implements AuditExport {
  id: string;
  @ApiProperty({ enum: AUDIT_FORMATS })
  format: AuditFormat;
  filters: AuditExportFiltersDto;
  @ApiProperty({ enum: AUDIT_EXPORT_STATES })
  state: AuditExportState;
  /** The schedule it was made by; null when a person asked for it. */
  scheduleId: string | null;
  createdBy: AuditMakerDto;
  createdAt: string;
  finishedAt: string | null;
  /** When the file is removed, seven days after it was made; null as long as there is none. */
  expiresAt: string | null;
  /** Entries written so far. */
  entries: number;
  /** Of the file so far. */
  bytes: number;
  /** How far into the log it has come, out of `total`. */
  done: number;
  total: number;
  /** Why it failed or was cancelled, in words. */
  failure: string | null;
  /** Whether the caller may download it now: it is their own or was meant for them, and still there. */
  downloadable: boolean;
}

export class AuditExportTaskDto extends AuditExportDto {
  /** What `task_progress` of the live stream's service `tasks` speaks of: the same as `id`. */
  taskId: string;
}

export class AuditExportListDto {
  items: AuditExportDto[];
  /** Always null: the newest 100. */
  nextCursor: string | null;
}
