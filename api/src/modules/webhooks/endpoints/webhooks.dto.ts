import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DISABLED_REASONS,
  type DisabledReason,
  type EventType,
  FILTER_OPERATORS,
  type FilterOperator,
  type FilterValue,
  type Webhook,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_KINDS,
  type WebhookFilter,
  type WebhookKind,
  type WebhookSnapshot,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Id, Line, MayBeAbsent, OptionalLine } from '../../../platform/http';

const ASK_FOR_TYPES =
  'Name event types that leave by webhook, or none ([]) for all of them; GET /api/webhook-bench/event-types lists them.';

export class WebhookParams {
  @Id()
  id: string;
}

export class WebhookFilterDto implements WebhookFilter {
  /** A field of the envelope, from the top down: `data.lead.status`, `actor.type`. */
  @Line()
  @Length(1, 200)
  field: string;

  /** `exists` and `absent` take no value, `in` takes a list. */
  @IsIn(FILTER_OPERATORS)
  @ApiProperty({ enum: FILTER_OPERATORS })
  operator: FilterOperator;

  /** What the field is compared with: a text, a number, true, false or null; for `in` a list of them. */
  @Allow()
  @ApiProperty({
    required: false,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] } },
    ],
  })
  value?: FilterValue | FilterValue[];
}

/** What can be set of an endpoint beside its address and event types. */
export class WebhookSettingsDto {
  /** What it is for, up to 200 characters. */
  @OptionalLine()
  @MaxLength(200)
  description?: string | null;

  /** Conditions on fields of the event, up to 10; all of them have to hold. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => WebhookFilterDto)
  filters?: WebhookFilterDto[];

  /** Headers to send along, up to 20, as name and value. Their values are kept sealed and not shown again. */
  @MayBeAbsent()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  headers?: Record<string, string>;

  /** One at a time for each conversation, in the log's order; a delivery that fails holds up the later ones. */
  @MayBeAbsent()
  @IsBoolean()
  ordered?: boolean;

  /** Sign with Ed25519 (`v1a`) too, for receivers that should not hold a secret. */
  @MayBeAbsent()
  @IsBoolean()
  asymmetric?: boolean;

  /** Whether events are delivered. Switched off, what waits is cancelled; it can be replayed. */
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class CreateWebhookDto extends WebhookSettingsDto {
  /** Where to deliver: https, on the ports of the web, reachable from the public internet. */
  @Line()
  @Length(1, 2048)
  url: string;

  /** The event types to deliver; empty for all that its maker may see. */
  @IsArray()
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true, message: ASK_FOR_TYPES })
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES, isArray: true })
  eventTypes: EventType[];

  /** How the body is written: the envelope, or words for people in Slack or Discord. */
  @MayBeAbsent()
  @IsIn(WEBHOOK_KINDS)
  @ApiProperty({ enum: WEBHOOK_KINDS, required: false, default: 'standard' })
  kind?: WebhookKind;
}

export class ChangeWebhookDto extends WebhookSettingsDto {
  /** Another address. What waits is delivered there. */
  @MayBeAbsent()
  @Line()
  @Length(1, 2048)
  url?: string;

  /** Other event types; empty for all that its maker may see. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true, message: ASK_FOR_TYPES })
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES, isArray: true, required: false })
  eventTypes?: EventType[];
}

export class WebhookMakerDto {
  /** The member's user id. */
  id: string;
  /** As colleagues see them. */
  name: string;
}

export class WebhookDto implements Webhook {
  /** Of the endpoint. */
  id: string;
  /** How the body is written: the envelope, or words for people. */
  @ApiProperty({ enum: WEBHOOK_KINDS })
  kind: WebhookKind;
  /** Where events are delivered. */
  url: string;
  /** What it is for. */
  description: string | null;
  /** Empty: all that its maker may see. */
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES, isArray: true })
  eventTypes: EventType[];
  /** Conditions on fields of the event; all of them have to hold. */
  filters: WebhookFilterDto[];
  /** Names of the headers that are sent along; their values are not shown again. */
  headerNames: string[];
  /** One at a time for each conversation, in the log's order. */
  ordered: boolean;
  /** Signed with Ed25519 (`v1a`) too. */
  asymmetric: boolean;
  /** `whpk_…`, to verify `v1a` signatures with; null when it is not asymmetric. */
  publicKey: string | null;
  /** Whether events are delivered. */
  enabled: boolean;
  /** Since when they are not. */
  disabledAt: string | null;
  /** Why they are not. */
  @ApiProperty({ enum: DISABLED_REASONS, nullable: true, type: 'string' })
  disabledReason: DisabledReason | null;
  /** Since when nothing but failures came back; null after a success. */
  failingSince: string | null;
  /** Until when each replaced secret signs too. */
  oldSecretsUntil: string[];
  /** With whose rights events are delivered: who made it, or last changed its address, types or filters. */
  maker: WebhookMakerDto;
  /** When it was made. */
  createdAt: string;
  /** When a setting was last changed. */
  updatedAt: string;
}

export class WebhookBacklogDto {
  /** Deliveries that are due, under way or waiting for another try. */
  pending: number;
  /** Since when the oldest of them waits. */
  oldestAt: string | null;
}

export class WebhookSnapshotDto extends WebhookDto implements WebhookSnapshot {
  /** What waits to be delivered. */
  backlog: WebhookBacklogDto;
  /** The log's head when it was read. */
  asOf: number;
}

export class NewWebhookDto extends WebhookDto {
  /** `whsec_…`, shown this once; null when an Idempotency-Key answers again. */
  secret: string | null;
}

export class RotatedSecretDto {
  /** `whsec_…`, shown this once; null when an Idempotency-Key answers again. */
  secret: string | null;
  /** Until when the secret before it signs too. */
  oldUntil: string;
  /** `whpk_…` of the new key; null when the endpoint is not asymmetric. */
  publicKey: string | null;
}

export class WebhookListDto {
  /** The newest first. */
  items: WebhookDto[];
  /** Always null: a workspace has 50 endpoints at most. */
  nextCursor: string | null;
  /** The log's head when it was read. */
  asOf: number;
}
