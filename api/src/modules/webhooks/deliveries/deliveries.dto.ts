import { ApiProperty } from '@nestjs/swagger';
import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryDetail,
  DELIVERY_STATUSES,
  type DeliveryStatus,
  type EventType,
  type Replay,
  type ReplayRange,
  WEBHOOK_EVENT_TYPES,
  type WebhookTest,
} from '@threadline/contracts';
import { IsIn, IsInt, IsISO8601, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../../../platform/http';

export class DeliveriesQuery extends PageQuery {
  /** Only deliveries that stand like this. */
  @MayBeAbsent()
  @IsIn(DELIVERY_STATUSES)
  @ApiProperty({ enum: DELIVERY_STATUSES, required: false })
  status?: DeliveryStatus;

  /** Only deliveries of this type of event. */
  @MayBeAbsent()
  @IsIn(WEBHOOK_EVENT_TYPES)
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES, required: false })
  eventType?: EventType;

  /** Only deliveries begun at this time or later. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  from?: string;

  /** Only deliveries begun before this time. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  to?: string;
}

export class DeliveryAttemptDto implements DeliveryAttempt {
  /** When it was made. */
  at: string;
  /** Null when no answer came. */
  responseStatus: number | null;
  /** Milliseconds from the look-up of the name to the end of the answer. */
  durationMs: number;
  /** Why it counts as a failure, in words; absent for a success. */
  error?: string;
  /** The first 4 KiB of the answer, as text. */
  responseBody: string;
  /** As they were sent; values of headers of one's own are left out. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  requestHeaders: Record<string, string>;
}

export class DeliveryDto implements Delivery {
  /** Of the delivery. */
  id: string;
  /** The endpoint. */
  webhookId: string;
  /** Of the event; also the `webhook-id` of every attempt. */
  eventId: string;
  /** The event's place in the log. */
  eventSeq: number;
  /** What happened. */
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES })
  eventType: EventType;
  /** pending: due, under way or to be tried again; failed: given up; cancelled: the endpoint was disabled meanwhile. */
  @ApiProperty({ enum: DELIVERY_STATUSES })
  status: DeliveryStatus;
  /** Every try so far, the first one first. */
  attempts: DeliveryAttemptDto[];
  /** Null when nothing more is planned. */
  nextAttemptAt: string | null;
  /** When the event reached the ledger. */
  createdAt: string;
  /** When it was delivered, given up or cancelled. */
  finishedAt: string | null;
}

export class DeliveryDetailDto extends DeliveryDto implements DeliveryDetail {
  /** The body, byte for byte the same on every attempt; null for who may not see the event, or when it was tidied away. */
  payload: string | null;
}

export class DeliveryPageDto {
  /** The newest event first. */
  items: DeliveryDto[];
  /** Of the next page; null at the end. */
  nextCursor: string | null;
  /** The log's head when the page was read. */
  asOf: number;
}

export class ReplayDto implements ReplayRange {
  /** Events with a larger seq than this. */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number;

  /** And a smaller one than this; left out: to the log's head. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  /** `failed`: only what did not arrive (given up or cancelled). Left out: everything that the endpoint asks for. */
  @MayBeAbsent()
  @IsIn(['failed'])
  @ApiProperty({ enum: ['failed'], required: false })
  status?: 'failed';
}

export class ReplayAnswerDto implements Replay {
  /** Deliveries that it comes to. */
  deliveries: number;
}

/** What was sent, and what the receiver said. */
export class WebhookTestDto extends DeliveryAttemptDto implements WebhookTest {
  /** The event's id, as in `webhook-id`. */
  eventId: string;
  /** Whether the answer counts as a success. */
  delivered: boolean;
  /** The body that was sent. */
  payload: string;
}
