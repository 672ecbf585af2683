import { ApiProperty } from '@nestjs/swagger';
import {
  type Provider,
  type ProviderConnection,
  type ProviderEvent,
  PROVIDER_EVENT_KINDS,
  PROVIDER_EVENT_STATES,
  type ProviderEventKind,
  type ProviderEventState,
  PROVIDERS,
  type ProviderSettings,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { Id, Line, MayBeAbsent, PageQuery } from '../../../platform/http';

export class ProviderSettingsInputDto {
  /** Twilio's auth token, Mailgun's signing key or Meta's app secret. Kept sealed, never shown. */
  @MayBeAbsent()
  @Line()
  @Length(4, 500)
  secret?: string;

  /** SendGrid's verification key, as its Event Webhook settings show it. */
  @MayBeAbsent()
  @Line()
  @Length(40, 500)
  verificationKey?: string;

  /** The one SNS topic that is listened to (SES). */
  @MayBeAbsent()
  @Line()
  @Length(20, 400)
  topicArn?: string;
}

export class NewProviderConnectionDto {
  /** Who calls. */
  @IsIn(PROVIDERS)
  @ApiProperty({ enum: PROVIDERS })
  provider: Provider;

  /** What colleagues know it by, 1 to 100 characters. */
  @Line()
  @Length(1, 100)
  name: string;

  /** What its signatures are checked with. */
  @ValidateNested()
  @Type(() => ProviderSettingsInputDto)
  settings: ProviderSettingsInputDto;
}

export class ProviderConnectionChangeDto {
  /** What colleagues know it by, 1 to 100 characters. */
  @MayBeAbsent()
  @Line()
  @Length(1, 100)
  name?: string;

  /** What is given here replaces what was. */
  @MayBeAbsent()
  @ValidateNested()
  @Type(() => ProviderSettingsInputDto)
  settings?: ProviderSettingsInputDto;
}

export class ConnectionParams {
  /** Of the connection. */
  @Id()
  id: string;
}

export class ProviderSettingsDto implements ProviderSettings {
  /** SendGrid's public key. */
  verificationKey?: string;
  /** The one SNS topic that is listened to. */
  topicArn?: string;
  /** What Meta has to repeat when the address is entered there; made here. */
  verifyToken?: string;
}

export class ProviderCountsDto implements Record<ProviderEventState, number> {
  /** Kept, not worked on yet. */
  pending: number;
  /** Changed a message, or became one. */
  applied: number;
  /** Nothing to change. */
  noted: number;
  /** A later state was known already. */
  outdated: number;
  /** About nothing we know. */
  unmatched: number;
  /** Signed, but not what the provider describes. */
  unreadable: number;
  /** Given up after several tries. */
  failed: number;
}

export class ProviderConnectionDto implements ProviderConnection {
  id: string;
  @ApiProperty({ enum: PROVIDERS })
  provider: Provider;
  name: string;
  /** The address to be pasted at the provider. */
  url: string;
  /** What is known of the account and is no secret. */
  settings: ProviderSettingsDto;
  /** Whether a secret is kept; it is never shown. */
  hasSecret: boolean;
  createdAt: string;
  updatedAt: string;
  /** When the provider confirmed the address, where it does such a thing (Meta, SNS). */
  confirmedAt: string | null;
  /** The newest event that was signed by the provider. */
  lastEventAt: string | null;
  /** When something was last turned away because its signature was not the provider's. */
  lastDeniedAt: string | null;
  /** Events of the last 30 days by what became of them. */
  counts: ProviderCountsDto;
}

export class ProviderConnectionListDto {
  /** All connections of the workspace, the newest first. */
  items: ProviderConnectionDto[];
  nextCursor: string | null;
  /** The log's head when it was read. */
  asOf: number;
}

export class ProviderEventsQuery extends PageQuery {
  /** Only those that came to this. */
  @IsOptional()
  @IsIn(PROVIDER_EVENT_STATES)
  state?: ProviderEventState;
}

export class ProviderEventDto implements ProviderEvent {
  id: string;
  connectionId: string;
  /** The provider's own id of it: the same one counts once. */
  eventId: string;
  /** What the provider says has happened, in our words. */
  @ApiProperty({ enum: PROVIDER_EVENT_KINDS })
  kind: ProviderEventKind;
  /** When it happened, as the provider says; null when it does not. */
  happenedAt: string | null;
  receivedAt: string;
  /** What became of it. */
  @ApiProperty({ enum: PROVIDER_EVENT_STATES })
  state: ProviderEventState;
  /** The message it is about, or became. */
  messageId: string | null;
  /** Why, in words for people. */
  reason: string | null;
}

export class ProviderEventListDto {
  items: ProviderEventDto[];
  nextCursor: string | null;
}
