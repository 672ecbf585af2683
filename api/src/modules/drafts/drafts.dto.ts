import { ApiPropertyOptional } from '@nestjs/swagger';
import { type Channel, CHANNELS, type Draft, MAX_SUBJECT } from '@threadline/contracts';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { Id, MayBeAbsent, Text, Whole } from '../../platform/http';
import { MAX_CONTENT } from './draft.rules';

const MAX_REVISION = 2_147_483_647;

const FitsDraft = () =>
  ValidateBy({
    name: 'fitsDraft',
    validator: {
      validate: (value) => typeof value === 'string' && Buffer.byteLength(value) <= MAX_CONTENT,
      defaultMessage: () => `$property must be at most ${MAX_CONTENT / 1024} KiB`,
    },
  });

export class DraftParams {
  @Id()
  leadId: string;
}

export class DraftChannelParams {
  /** `email` when absent. */
  @MayBeAbsent()
  @IsIn(CHANNELS)
  @ApiPropertyOptional({ enum: CHANNELS, default: 'email' })
  channel: Channel = 'email';
}

export class DiscardDraftParams extends DraftChannelParams {
  /** The revision that is thrown away; when it has moved on: 409 `stale_revision`. */
  @MayBeAbsent()
  @Whole()
  @Min(0)
  @Max(MAX_REVISION)
  baseRevision?: number;
}

/** The whole draft: what is left out is empty. */
export class SaveDraftDto {
  @IsIn(CHANNELS)
  channel: Channel;

  /** Text or HTML as it is being typed, up to 256 KiB. */
  @Text()
  @FitsDraft()
  content: string;

  @IsOptional()
  @Text()
  @MaxLength(MAX_SUBJECT)
  @Matches(/^[^\r\n]*$/, { message: 'subject must be one line' })
  subject?: string | null;

  /** The revision the writer began from; 0: there was none; absent: whatever is there is replaced. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(MAX_REVISION)
  baseRevision?: number;

  /** Names the screen that saves; `draft.saved` carries it, so that the screen knows its own echo. */
  @MayBeAbsent()
  @Matches(/^[\w.:-]{1,100}$/, { message: 'clientId must be 1 to 100 letters, digits, or one of _ . : -' })
  clientId?: string;
}

export class DraftDto implements Draft {
  id: string;
  leadId: string;
  channel: Channel;
  /** Empty in the answer to a save that left nothing. */
  content: string;
  subject: string | null;
  /** Rises by one with every change, clearing included; never starts again. */
  revision: number;
  /** Who wrote this text. */
  authorId: string;
  /** When this text was written. */
  savedAt: string;
  /** When the draft last changed. */
  updatedAt: string;
}

export class DraftPageDto {
  items: DraftDto[];
  nextCursor: string | null;
  /** The log's head when the page was read: later events are not in it. */
  asOf: number;
}
