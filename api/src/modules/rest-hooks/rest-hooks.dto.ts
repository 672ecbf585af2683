import { ApiProperty } from '@nestjs/swagger';
import { type EventType, WEBHOOK_EVENT_TYPES } from '@threadline/contracts';
import { IsIn, IsISO8601, Length, MaxLength } from 'class-validator';
import { Id, Line, MayBeAbsent } from '../../platform/http';

const ASK_FOR_TYPE = 'Name an event type that leaves by webhook; GET /api/webhook-bench/event-types lists them.';

export class SubscribeDto {
  /** Where each event is posted, as its envelope: https, reachable from the public internet. */
  @Line()
  @Length(1, 2048)
  targetUrl: string;

  /** The one event type to be told of. */
  @IsIn(WEBHOOK_EVENT_TYPES, { message: ASK_FOR_TYPE })
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES })
  eventType: EventType;

  /** When the subscription ends by itself; left out: never. */
  @MayBeAbsent()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  expiresAt?: string;
}

export class SubscriptionDto {
  /** To unsubscribe with. */
  id: string;
  /** Where each event is posted. */
  targetUrl: string;
  /** The one event type it is told of. */
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES })
  eventType: EventType;
  /** When it ends by itself, under the name that Zapier looks for; not there when it does not. */
  expiration_date?: string;
}

export class RestHookParams {
  /** Of the subscription. */
  @Id()
  id: string;
}

export class SampleQuery {
  /** The event type to see samples of. */
  @IsIn(WEBHOOK_EVENT_TYPES, { message: ASK_FOR_TYPE })
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES })
  eventType: EventType;
}
