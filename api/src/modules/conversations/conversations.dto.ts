import {
  CHANNELS,
  type Channel,
  type Conversation,
  CONVERSATION_STATUSES,
  type ConversationStatus,
  MAX_SUBJECT,
  type Message,
  type MessageDirection,
  type MessageStatus,
  PRIORITIES,
  type Priority,
} from '@threadline/contracts';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { MayBeAbsent, PageQuery } from '../../platform/http';

const ONE_LINE = /^[^\r\n\0]*$/;
const NO_NUL = /^[^\0]*$/;
/** Characters of a message's source, markup included. */
const MAX_CONTENT = 262_144;

export class SendMessageDto {
  /** Made by the caller (UUIDv7); the answer and the events carry it. */
  @IsOptional()
  @IsUUID(7)
  id?: string;

  @IsIn(CHANNELS)
  channel: Channel;

  /** Absent: the conversation's subject, as a reply. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_SUBJECT)
  @Matches(ONE_LINE, { message: 'subject must be one line' })
  subject?: string;

  /** HTML, or plain text. */
  @IsString()
  @MaxLength(MAX_CONTENT)
  @Matches(NO_NUL, { message: 'content must not contain a NUL character' })
  content: string;

  /** The newest message of the conversation that the sender had seen; null: none. With it, a colleague's newer message refuses this one. */
  @ValidateIf((dto: SendMessageDto) => dto.afterMessageId !== undefined && dto.afterMessageId !== null)
  @IsUUID()
  afterMessageId?: string | null;

  /** Seconds in which the message can be taken back before it leaves. 0: it leaves at once. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(30)
  undoSeconds?: number;
}

export class MessageDto implements Message {
  id: string;
  leadId: string;
  conversationId: string;
  channel: Channel;
  direction: MessageDirection;
  status: MessageStatus;
  subject: string | null;
  /** Sanitised HTML where it has markup, otherwise plain text. */
  content: string;
  trackingId: string | null;
  authorId: string | null;
  createdAt: string;
  /** While queued: until when it can be taken back. */
  undoUntil: string | null;
  sentAt: string | null;
  deliveredAt: string | null;
  /** First open judged human. */
  openedAt: string | null;
  /** First click judged human. */
  clickedAt: string | null;
  repliedAt: string | null;
  /** Why it failed, bounced or is unknown, in words for people. */
  failure: string | null;
}

export class MessageListDto {
  items: MessageDto[];
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}

export class MessagesQuery extends PageQuery {
  /** `createdAt`: oldest first, `-createdAt`: newest first. */
  @IsOptional()
  @IsIn(['createdAt', '-createdAt'])
  sort?: 'createdAt' | '-createdAt';
}

export class ConversationsQuery extends PageQuery {
  @IsOptional()
  @IsIn(CONVERSATION_STATUSES)
  status?: ConversationStatus;

  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @IsOptional()
  @IsString()
  @Length(1, 50)
  tag?: string;

  @IsOptional()
  @IsUUID()
  leadId?: string;

  /** A member's id, `me`, or `none`. */
  @IsOptional()
  @Matches(/^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, {
    message: 'assigneeId must be a member, me or none',
  })
  assigneeId?: string;

  /** A team's id, or `none`. */
  @IsOptional()
  @Matches(/^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, { message: 'teamId must be a team or none' })
  teamId?: string;

  /** Only those with unread messages. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  unread?: boolean;

  /** Literal search in lead name, subject and newest message. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(NO_NUL, { message: 'q must not contain a NUL character' })
  q?: string;
}

export class ConversationDto implements Conversation {
  id: string;
  leadId: string;
  leadName: string;
  channel: Channel;
  subject: string | null;
  status: ConversationStatus;
  priority: Priority;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
  snoozedUntil: string | null;
  lastMessageId: string | null;
  lastMessagePreview: string | null;
  lastMessageDirection: MessageDirection | null;
  lastMessageAt: string | null;
  /** Inbound messages since the last outbound one or since a member marked it read. */
  unreadCount: number;
  createdAt: string;
  updatedAt: string;
}

/** One conversation, and the position in the log it stands for. */
export class ConversationSnapshotDto extends ConversationDto {
  /** The log's head when it was read: later events are not in it. */
  asOf: number;
}

export class ConversationListDto {
  items: ConversationDto[];
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}

export class ConversationChangeDto {
  @MayBeAbsent()
  @IsIn(CONVERSATION_STATUSES)
  status?: ConversationStatus;

  @MayBeAbsent()
  @IsIn(PRIORITIES)
  priority?: Priority;

  /** A member's user id; null: nobody. */
  @ValidateIf((dto: ConversationChangeDto) => dto.assigneeId !== undefined && dto.assigneeId !== null)
  @IsUUID()
  assigneeId?: string | null;

  @ValidateIf((dto: ConversationChangeDto) => dto.teamId !== undefined && dto.teamId !== null)
  @IsUUID()
  teamId?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];

  /** When a snoozed conversation opens again; sets the status to snoozed. */
  @ValidateIf((dto: ConversationChangeDto) => dto.snoozedUntil !== undefined && dto.snoozedUntil !== null)
  @IsISO8601({ strict: true })
  snoozedUntil?: string | null;
}
