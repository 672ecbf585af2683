import {
  type LeadSuppression,
  LONGEST_LIFT_REASON,
  type Suppression,
  SUPPRESSION_REASONS,
  type SuppressionReason,
} from '@threadline/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

export class SuppressionDto implements Suppression {
  /** `erased`: its owner asked to be forgotten; `bounced`: mail came back for good; `complained`: it was reported as spam. */
  @ApiProperty({ enum: SUPPRESSION_REASONS })
  reason: SuppressionReason;
  /** Since when. */
  at: string;
  /** The message that came back or was reported; null when its owner asked to be forgotten. */
  messageId: string | null;
}

export class LeadSuppressionDto implements LeadSuppression {
  /** The log's head when it was read. */
  asOf: number;
  /** Why nothing is sent to the lead's address; null when it may be written to. */
  suppression: SuppressionDto | null;
}

export class SuppressedLeadParams {
  @IsUUID()
  id: string;
}

export class LiftSuppressionDto {
  /** Why it is right to write there again; it stands in the audit log. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_LIFT_REASON)
  reason: string;
}
