import {
  AUDIT_OUTCOMES,
  type AuditOutcome,
  type AuditView,
  type AuditViewFilters,
  REF_KINDS,
  type RefKind,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Line, MayBeAbsent } from '../../../platform/http';

/** The filters of GET /api/audit, and how the screen says them. */
export class AuditViewFiltersDto implements AuditViewFilters {
  /** An address, a request, a person, a thing or an action: entries that have to do with exactly this. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  /** The id of a person, an API key, or a part of Threadline. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  actorId?: string;

  @IsOptional()
  @IsIn(AUDIT_OUTCOMES)
  outcome?: AuditOutcome;

  /** `lead.updated`, or everything that is done to a kind of thing: `lead`. */
  @IsOptional()
  @Matches(/^[a-z_]+(\.(\*|[a-z_]+(\.v\d+)?))?$/, { message: 'action must be such as lead.updated, or lead' })
  @MaxLength(100)
  action?: string;

  @IsOptional()
  @IsIn(REF_KINDS)
  targetType?: RefKind;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  targetId?: string;

  /** Days back from when it is looked at, 1 to 3,660; stands for `from` and `to`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_660)
  days?: number;

  /** From this moment on. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  from?: string;

  /** Before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  to?: string;

  @IsOptional()
  @IsString()
  @Length(1, 45)
  ip?: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  requestId?: string;

  /** True: entries of drafts are shown too. */
  @IsOptional()
  @IsBoolean()
  drafts?: boolean;
}

export class NewAuditViewDto {
  /** 1 to 60 characters; no two views of a person have the same. */
  @Line()
  @Length(1, 60)
  name: string;

  @IsObject()
  @ValidateNested()
  @Type(() => AuditViewFiltersDto)
  filters: AuditViewFiltersDto;

  /** True: everybody who may read the audit log has it; takes `audit:write`. Left out: false. */
  @MayBeAbsent()
  @IsBoolean()
  shared?: boolean;
}

export class AuditViewChangeDto {
  /** 1 to 60 characters. */
  @MayBeAbsent()
  @Line()
  @Length(1, 60)
  name?: string;

  /** Replaces all of them. */
  @MayBeAbsent()
  @ValidateNested()
  @Type(() => AuditViewFiltersDto)
  filters?: AuditViewFiltersDto;

  /** Sharing takes `audit:write`. */
  @MayBeAbsent()
  @IsBoolean()
  shared?: boolean;
}

export class AuditViewOwnerDto {
  id: string;
  name: string;
}

export class AuditViewDto implements AuditView {
  id: string;
  name: string;
  filters: AuditViewFiltersDto;
  /** True: everybody who may read the audit log has it. */
  shared: boolean;
  /** Who saved it. */
  owner: AuditViewOwnerDto;
  createdAt: string;
  updatedAt: string;
}

export class AuditViewListDto {
  /** One's own and the shared ones, by name. */
  items: AuditViewDto[];
  /** Always null: all of them. */
  nextCursor: string | null;
}
