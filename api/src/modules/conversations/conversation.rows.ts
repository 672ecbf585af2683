import type {
  Channel,
  Conversation,
  ConversationStatus,
  Message,
  MessageDirection,
  MessageStatus,
  Priority,
} from '@threadline/contracts';

/** Columns of a conversation, with its lead's name; from `conversations c JOIN leads l`. */
export const CONVERSATION_COLUMNS = `c.id, c.lead_id, l.name AS lead_name, c.channel, c.subject, c.status, c.priority,
  c.assignee_id, c.team_id, c.tags, c.snoozed_until, c.last_message_id, c.last_message_preview,
  c.last_message_direction, c.last_message_at, c.unread_count, c.created_at, c.updated_at`;

export interface ConversationRow {
  id: string;
  lead_id: string;
  lead_name: string;
  channel: Channel;
  subject: string | null;
  status: ConversationStatus;
  priority: Priority;
  assignee_id: string | null;
  team_id: string | null;
  tags: string[];
  snoozed_until: Date | null;
  last_message_id: string | null;
  last_message_preview: string | null;
  last_message_direction: MessageDirection | null;
  last_message_at: Date | null;
  unread_count: number;
  created_at: Date;
  updated_at: Date;
}

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    leadId: row.lead_id,
    leadName: row.lead_name,
    channel: row.channel,
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    assigneeId: row.assignee_id,
    teamId: row.team_id,
    tags: row.tags,
    snoozedUntil: iso(row.snoozed_until),
    lastMessageId: row.last_message_id,
    lastMessagePreview: row.last_message_preview,
    lastMessageDirection: row.last_message_direction,
    lastMessageAt: iso(row.last_message_at),
    unreadCount: row.unread_count,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export const MESSAGE_COLUMNS = `m.id, m.lead_id, m.conversation_id, m.channel, m.direction, m.status, m.subject, m.content,
  m.tracking_id, m.author_id, m.created_at, m.undo_until, m.sent_at, m.delivered_at, m.opened_at, m.clicked_at,
  m.replied_at, m.failure`;

export interface MessageRow {
  id: string;
  lead_id: string;
  conversation_id: string;
  channel: Channel;
  direction: MessageDirection;
  status: MessageStatus;
  subject: string | null;
  content: string;
  tracking_id: string | null;
  author_id: string | null;
  created_at: Date;
  undo_until: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  opened_at: Date | null;
  clicked_at: Date | null;
  replied_at: Date | null;
  failure: string | null;
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    leadId: row.lead_id,
    conversationId: row.conversation_id,
    channel: row.channel,
    direction: row.direction,
    status: row.status,
    subject: row.subject,
    content: row.content,
    trackingId: row.tracking_id,
    authorId: row.author_id,
    createdAt: row.created_at.toISOString(),
    undoUntil: iso(row.undo_until),
    sentAt: iso(row.sent_at),
    deliveredAt: iso(row.delivered_at),
    openedAt: iso(row.opened_at),
    clickedAt: iso(row.clicked_at),
    repliedAt: iso(row.replied_at),
    failure: row.failure,
  };
}

function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
