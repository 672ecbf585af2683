import { ApiProperty } from '@nestjs/swagger';
import {
  CHANNELS,
  type Channel,
  type ChannelOutreach,
  CONVERSATION_STATUSES,
  type ConversationStatus,
  type DashboardAnalytics,
  type DashboardStats,
  LEAD_STATUSES,
  type LeadStatus,
  MESSAGE_STATUSES,
  type MessageStatus,
  type NumberDefinition,
  type NumberDefinitions,
  type NumberName,
  type NumberRow,
  type NumberRows,
  NUMBERS,
  type OutreachAnalytics,
  PRIORITIES,
  type Priority,
  type TrendDay,
  type Verdict,
} from '@threadline/contracts';
import { Transform } from 'class-transformer';
import { IsISO8601, IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../../platform/http';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MESSAGE = '$property must be a day such as 2026-03-31';

/** A time counts as the day it lies on, in UTC. */
function toDay({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string' || DAY.test(value)) return value;
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString().slice(0, 10) : value;
}

export class PeriodQuery {
  /** First day, UTC, `YYYY-MM-DD`; a time counts as its day. */
  @IsOptional()
  @Transform(toDay)
  @Matches(DAY, { message: MESSAGE })
  @IsISO8601({ strict: true }, { message: MESSAGE })
  from?: string;

  /** Last day, included. */
  @IsOptional()
  @Transform(toDay)
  @Matches(DAY, { message: MESSAGE })
  @IsISO8601({ strict: true }, { message: MESSAGE })
  to?: string;
}

export class RowsQuery extends PageQuery {
  /** First day, UTC, `YYYY-MM-DD`; a time counts as its day. */
  @IsOptional()
  @Transform(toDay)
  @Matches(DAY, { message: MESSAGE })
  @IsISO8601({ strict: true }, { message: MESSAGE })
  from?: string;

  /** Last day, included. */
  @IsOptional()
  @Transform(toDay)
  @Matches(DAY, { message: MESSAGE })
  @IsISO8601({ strict: true }, { message: MESSAGE })
  to?: string;
}

export class HitsByVerdictDto implements Record<Verdict, number> {
  human: number;
  machine: number;
  unknown: number;
}

/** Every number over all time. Rates in percent with one decimal. */
export class DashboardStatsDto implements DashboardStats {
  totalLeads: number;
  convertedLeads: number;
  openConversations: number;
  messagesSent: number;
  messagesOpened: number;
  messagesClicked: number;
  messagesReplied: number;
  openRate: number;
  clickRate: number;
  responseRate: number;
  /** Hits by verdict: what stands behind the open rate. Several hits can be of one message. */
  opensByVerdict: HitsByVerdictDto;
  clicksByVerdict: HitsByVerdictDto;
  timestamp: string;
  /** The log's position these numbers contain. */
  asOf: number;
}

export class NumberDefinitionDto implements NumberDefinition {
  @ApiProperty({ enum: NUMBERS })
  name: NumberName;
  label: string;
  /** What it counts, in one sentence for people. */
  definition: string;
  unit: 'count' | 'percent';
  /** What one of it is. */
  grain: 'lead' | 'conversation' | 'message';
  /** Path and query of the screen that lists the rows behind it. */
  rows: string;
}

export class NumberDefinitionsDto implements NumberDefinitions {
  items: NumberDefinitionDto[];
}

export class NumberOfPeriodDto {
  definition: NumberDefinitionDto;
  value: number;
  /** In the period of the same length before. */
  previous: number;
  /** Against `previous`, in percent; null where that was zero. */
  change: number | null;
  /** One value for each day. */
  trend: number[];
}

/** One day: the messages sent on it, whenever they were opened, clicked or answered. */
export class TrendDayDto implements TrendDay {
  day: string;
  sent: number;
  opened: number;
  clicked: number;
  replied: number;
  /** Opened by machines only. */
  openedMachine: number;
  /** Opened in ways that may have been a person or a machine. */
  openedUnknown: number;
}

export class DashboardAnalyticsDto implements DashboardAnalytics {
  from: string;
  to: string;
  numbers: NumberOfPeriodDto[];
  days: TrendDayDto[];
  asOf: number;
}

/** Rates in percent of the messages sent, with one decimal. */
export class ChannelOutreachDto implements ChannelOutreach {
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  sent: number;
  delivered: number;
  bounced: number;
  opened: number;
  clicked: number;
  replied: number;
  /** Messages that came in. */
  received: number;
  openRate: number;
  clickRate: number;
  responseRate: number;
  bounceRate: number;
}

export class OutreachAnalyticsDto implements OutreachAnalytics {
  from: string | null;
  to: string | null;
  items: ChannelOutreachDto[];
  asOf: number;
}

export class RowLeadDto {
  id: string;
  name: string;
  email: string | null;
  company: string | null;
  @ApiProperty({ enum: LEAD_STATUSES })
  status: LeadStatus;
  createdAt: string;
}

export class RowConversationDto {
  id: string;
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  subject: string | null;
  @ApiProperty({ enum: CONVERSATION_STATUSES })
  status: ConversationStatus;
  @ApiProperty({ enum: PRIORITIES })
  priority: Priority;
  assigneeId: string | null;
  unreadCount: number;
  lastMessagePreview: string | null;
  lastMessageAt: string | null;
}

export class RowMessageDto {
  id: string;
  conversationId: string;
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  @ApiProperty({ enum: MESSAGE_STATUSES })
  status: MessageStatus;
  subject: string | null;
  /** The beginning of its text. */
  preview: string;
  authorId: string | null;
  sentAt: string;
  deliveredAt: string | null;
  /** First open judged human. */
  openedAt: string | null;
  /** First click judged human. */
  clickedAt: string | null;
  repliedAt: string | null;
}

/** One of the things a number counts; `message` or `conversation` is there when the number counts those. */
export class NumberRowDto implements NumberRow {
  lead: RowLeadDto;
  conversation: RowConversationDto | null;
  message: RowMessageDto | null;
}

export class NumberRowsDto implements NumberRows {
  items: NumberRowDto[];
  nextCursor: string | null;
  @ApiProperty({ enum: NUMBERS })
  number: NumberName;
  /** How many there are on all pages: what the number says, or of a rate, what it counts above the line. */
  count: number;
  asOf: number;
}
