import { ApiProperty } from '@nestjs/swagger';
import {
  AUDIT_FORMATS,
  AUDIT_FREQUENCIES,
  type AuditFormat,
  type AuditFrequency,
  type AuditSchedule,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Line, MayBeAbsent } from '../../../platform/http';
import { AuditExportFiltersDto, AuditMakerDto } from '../exports';

export class NewAuditScheduleDto {
  /** What it is called, 1 to 100 characters. */
  @Line()
  @Length(1, 100)
  name: string;

  /** `jsonl` to verify it offline, `csv` to read it. */
  @IsIn(AUDIT_FORMATS)
  format: AuditFormat;

  /** Only entries that match; left out: all. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AuditExportFiltersDto)
  filters?: AuditExportFiltersDto;

  /** `new`: what came since the last file; `all`: the whole log each time, which is what can be verified. */
  @IsIn(['new', 'all'])
  covers: 'new' | 'all';

  @IsIn(AUDIT_FREQUENCIES)
  frequency: AuditFrequency;

  /** For `weekly`: 1 Monday to 7 Sunday; 1 when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(7)
  weekday?: number;

  /** For `monthly`: 1 to 31, the last day of shorter months; 1 when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(31)
  monthday?: number;

  @IsInt()
  @Min(0)
  @Max(23)
  hour: number;

  /** 0 when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(59)
  minute?: number;

  /** IANA, such as `Europe/Berlin`. */
  @Line()
  @Length(1, 64)
  timeZone: string;

  /** User ids of members who may read the log: they are mailed a link when the file is there, and may download it. */
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  recipientIds: string[];
}

export class AuditScheduleChangeDto {
  /** What it is called, 1 to 100 characters. */
  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  name?: string;

  /** `jsonl` to verify it offline, `csv` to read it. */
  @MayBeAbsent()
  @IsIn(AUDIT_FORMATS)
  format?: AuditFormat;

  /** Only entries that match; `{}`: all. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AuditExportFiltersDto)
  filters?: AuditExportFiltersDto;

  /** `new`: what came since the last file; `all`: the whole log each time, which is what can be verified. */
  @MayBeAbsent()
  @IsIn(['new', 'all'])
  covers?: 'new' | 'all';

  @MayBeAbsent()
  @IsIn(AUDIT_FREQUENCIES)
  frequency?: AuditFrequency;

  /** For `weekly`: 1 Monday to 7 Sunday. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(7)
  weekday?: number;

  /** For `monthly`: 1 to 31, the last day of shorter months. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(31)
  monthday?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(23)
  hour?: number;

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(59)
  minute?: number;

  /** IANA, such as `Europe/Berlin`. */
  @MayBeAbsent()
  @Line()
  @Length(1, 64)
  timeZone?: string;

  /** User ids of members who may read the log: they are mailed a link when the file is there, and may download it. */
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsUUID('all', { each: true })
  recipientIds?: string[];

  /** `active` goes on from now; `paused` does nothing until then. */
  @MayBeAbsent()
  @IsIn(['active', 'paused'])
  state?: 'active' | 'paused';
}

export class AuditScheduleSlotDto {
  /** Local date and time: `2026-11-21T09:00`. */
  slot: string;
  /** `missed`: nobody was there to make it within a day. */
  state: 'made' | 'missed';
  exportId: string | null;
  /** When it was due. */
  at: string;
}

export class AuditScheduleDto implements AuditSchedule {
  id: string;
  name: string;
  @ApiProperty({ enum: AUDIT_FORMATS })
  format: AuditFormat;
  filters: AuditExportFiltersDto;
  covers: 'new' | 'all';
  @ApiProperty({ enum: AUDIT_FREQUENCIES })
  frequency: AuditFrequency;
  weekday: number;
  monthday: number;
  hour: number;
  minute: number;
  timeZone: string;
  recipientIds: string[];
  /** On whose behalf it is made: it is paused when they may not any more. */
  createdBy: AuditMakerDto;
  createdAt: string;
  state: 'active' | 'paused';
  /** Why it was paused, in words; null when a person did it. */
  pausedBecause: string | null;
  /** Null while it is paused. */
  nextAt: string | null;
  /** The newest ten. */
  slots: AuditScheduleSlotDto[];
}

export class AuditScheduleListDto {
  items: AuditScheduleDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
}
