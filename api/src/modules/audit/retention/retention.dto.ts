import {
  type AuditRetention,
  type LegalHold,
  MAX_RETENTION_MONTHS,
  MIN_RETENTION_MONTHS,
  REF_KINDS,
  type Ref,
  type RetentionPreview,
} from '@threadline/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { toWhole } from '../../../platform/http';

const A_REF = new RegExp(`^(${REF_KINDS.join('|')}):[\\w.-]{1,100}$`);

export class AuditRetentionDto implements AuditRetention {
  /** Null: for ever. */
  @ApiProperty({ type: 'integer', nullable: true })
  months: number | null;
  updatedAt: string | null;
  /** The member who set it. */
  updatedBy: string | null;
}

export class SetRetentionDto {
  /** Months to keep; null for ever. */
  @ApiProperty({ type: 'integer', nullable: true, minimum: MIN_RETENTION_MONTHS, maximum: MAX_RETENTION_MONTHS })
  @ValidateIf(({ months }: SetRetentionDto) => months !== null)
  @IsInt()
  @Min(MIN_RETENTION_MONTHS)
  @Max(MAX_RETENTION_MONTHS)
  months: number | null;
}

export class RetentionPreviewParams {
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(MIN_RETENTION_MONTHS)
  @Max(MAX_RETENTION_MONTHS)
  months: number;
}

export class EntryEndDto {
  seq: number;
  occurredAt: string;
}

export class ActionCountDto {
  action: string;
  count: number;
}

export class RetentionPreviewDto implements RetentionPreview {
  months: number;
  /** Entries before this moment are older than the retention. */
  before: string;
  /** How many entries would go. */
  entries: number;
  /** The first of them; null when none would go. */
  first: EntryEndDto | null;
  /** The last of them; null when none would go. */
  last: EntryEndDto | null;
  /** The oldest entry there is now, whether it would go or not. */
  oldest: EntryEndDto | null;
  /** What they tell of, the most frequent first. */
  actions: ActionCountDto[];
  /** Entries that are old enough and stay because of legal holds. */
  held: number;
}

export class CutDto {
  workspaceId: string;
  /** The number of the last entry that is gone. */
  size: number;
  /** Root of the Merkle tree over all entries up to there, hex. */
  root: string;
  /** Hash of the last of them, hex. */
  head: string;
  /** Roots of that tree's complete subtrees, the largest first, hex. */
  peaks: string[];
  at: string;
  /** `retention:12`: the log was kept for twelve months. */
  reason: string;
  /** Ed25519 over the canonical JSON of the fields above and `kind: "audit-cut"`, base64. */
  signature: string;
  /** Raw, base64. */
  publicKey: string;
  /** How many entries went with this cut. */
  entries: number;
  firstAt: string;
  lastAt: string;
}

export class CutListDto {
  items: CutDto[];
  /** Always null: the newest 200. */
  nextCursor: string | null;
}

export class LegalHoldDto implements LegalHold {
  id: string;
  reason: string;
  /** Refs: `lead:…`. */
  @ApiProperty({ type: [String] })
  targets: Ref[];
  actorIds: string[];
  placedAt: string;
  /** The member who placed it. */
  placedBy: string;
  releasedAt: string | null;
  releasedBy: string | null;
}

export class LegalHoldListDto {
  items: LegalHoldDto[];
  /** Always null: all of them. */
  nextCursor: string | null;
  /** The log's head when they were read. */
  asOf: number;
}

export class NewHoldDto {
  /** Why: a case number, a request of a court. */
  @IsString()
  @IsNotEmpty()
  @Length(3, 500)
  reason: string;

  /** What is held: `lead:…`. Empty, with no actors either: everything. */
  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(A_REF, { each: true, message: 'each target must be such as lead:0197…' })
  targets: Ref[] = [];

  /** Whose acts are held: ids of people, of API keys, or names of parts of Threadline. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  actorIds: string[] = [];
}
