import {
  EVENT_TYPES,
  MAX_LIMIT,
  DEFAULT_LIMIT,
  type BareEvent,
  type Envelope,
  type EventPage,
  type EventType,
  type Ref,
  type RefKind,
} from '@threadline/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { toWhole } from '../../platform/http';
import { EventActorDto } from '../../platform/log';

export class EventsQuery {
  /** Events with a larger seq than this. Absent: no events, only the position to begin from. */
  @IsOptional()
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(0)
  after?: number;

  /** Only these types, separated by commas. */
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(EVENT_TYPES.length)
  @IsIn(EVENT_TYPES, { each: true, message: 'types must be event types, separated by commas' })
  types?: EventType[];

  /** How many at most, 1 to 200. */
  @IsOptional()
  @Transform(({ value }) => toWhole(value))
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  limit: number = DEFAULT_LIMIT;
}

export class SubjectDto {
  type: RefKind;
  id: string;
}

/** One event, or only its place in the order when the caller may not see it. */
export class EventDto {
  /** Counts up by one per workspace, without gaps, in commit order. */
  seq: number;
  id?: string;
  /** `noun.verb_in_past`. */
  type?: EventType;
  workspaceId?: string;
  occurredAt?: string;
  actor?: EventActorDto;
  subject?: SubjectDto;
  /** The things it is about, as `kind:id`. */
  @ApiPropertyOptional({ type: [String] })
  about?: Ref[];
  /** Depends on the type. */
  data?: object;
}

export class EventPageDto implements EventPage {
  @ApiProperty({ type: () => [EventDto] })
  items: (Envelope | BareEvent)[];
  /** Everything up to here is in this page or before it. */
  lastSeq: number;
  /** The log that the numbers count in; another one than before: take a new snapshot. */
  epoch: string;
  /** True when what the caller may see has changed with these events: take a new snapshot. */
  moved?: boolean;
}

export class ConnectionPoolStatsDto {
  /** Services that the present connections are subscribed to, added up. */
  totalSubscriptions: number;
  totalConnections: number;
  /** 1 while the workspace has a connection, 0 otherwise. */
  totalOrgs: number;
}

/** This node's figures for the workspace since it started. */
export class RealtimeMetricsDto {
  activeConnections: number;
  totalConnections: number;
  /** Events, times the connections each was sent to. */
  eventsDelivered: number;
  /** Messages that left compressed. Compression is not offered: it costs more than it saves at fan-out. */
  compressedMessages: number;
  missedEventsReplayed: number;
  connectionPoolStats: ConnectionPoolStatsDto;
}
