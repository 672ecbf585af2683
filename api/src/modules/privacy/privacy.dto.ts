import {
  PRIVACY_KINDS,
  PRIVACY_STAGES,
  PRIVACY_STATES,
  type PrivacyKind,
  type PrivacyRequest,
  type PrivacyStage,
  type PrivacyState,
} from '@threadline/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';

export class NewPrivacyRequestDto {
  /** `export`: what is known of a lead, as a file; `erase`: nobody can tell any more who it was. */
  @IsIn(PRIVACY_KINDS)
  @ApiProperty({ enum: PRIVACY_KINDS })
  kind: PrivacyKind;

  /** The lead; a deleted one too. */
  @IsUUID()
  leadId: string;
}

export class PrivacyFileParams {
  /** `json` for programs, `html` to read it. */
  @IsOptional()
  @IsIn(['json', 'html'])
  format: 'json' | 'html' = 'json';
}

export class PrivacyRequestDto implements PrivacyRequest {
  id: string;
  @ApiProperty({ enum: PRIVACY_KINDS })
  kind: PrivacyKind;
  leadId: string;
  /** The lead's name; null once it is erased. */
  leadName: string | null;
  @ApiProperty({ enum: PRIVACY_STATES })
  state: PrivacyState;
  /** What is being done, or comes next; null when it is over. */
  @ApiProperty({ enum: PRIVACY_STAGES, nullable: true })
  stage: PrivacyStage | null;
  /** Rows done so far, by the table or section they stood in. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  counts: Record<string, number>;
  requestedAt: string;
  /** The member who asked. */
  requestedBy: string;
  endedAt: string | null;
  /** Why it failed, in words. */
  failure: string | null;
  /** Of an export: until when its maker can fetch the file. Null when there is none, or none any more. */
  fileUntil: string | null;
}

export class PrivacyRequestListDto {
  items: PrivacyRequestDto[];
  /** Always null: the newest 200. */
  nextCursor: string | null;
  /** The log's head when they were read. */
  asOf: number;
}
