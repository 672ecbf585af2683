import type { Channel } from './channels';

export const CONVERSATION_STATUSES = ['open', 'pending', 'snoozed', 'resolved'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A conversation with one lead on one channel. */
export interface Conversation {
  id: string;
  leadId: string;
  /** The lead's name, for lists. */
  leadName: string;
  channel: Channel;
  subject: string | null;
  status: ConversationStatus;
  priority: Priority;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
  snoozedUntil: string | null;
  /** The newest message: its plain-text beginning, direction and time. */
  lastMessageId: string | null;
  lastMessagePreview: string | null;
  lastMessageDirection: MessageDirection | null;
  lastMessageAt: string | null;
  /** Inbound messages since the last outbound one or the last time a member marked it read. */
  unreadCount: number;
  createdAt: string;
  updatedAt: string;
}

export const MESSAGE_DIRECTIONS = ['outbound', 'inbound'] as const;
export type MessageDirection = (typeof MESSAGE_DIRECTIONS)[number];

/**
 * queued: accepted, may still be undone until `undoUntil` · sending: claimed, on its way to the mail server ·
 * sent: the mail server took it · delivered: the recipient's server took it (known for the built-in mailbox) ·
 * failed: refused for good, `failure` says why · unknown: the hand-over was cut and cannot be known, it is not sent again by itself ·
 * cancelled: undone · bounced: came back · received: inbound.
 */
export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'cancelled',
  'bounced',
  'received',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** A message as the API answers it and as `message.*` events carry it. */
export interface Message {
  id: string;
  leadId: string;
  conversationId: string;
  channel: Channel;
  direction: MessageDirection;
  status: MessageStatus;
  subject: string | null;
  /** As written: sanitised HTML where it has markup, otherwise plain text. */
  content: string;
  trackingId: string | null;
  /** The member who wrote it; null for inbound. */
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

/** Tags by which a message's content is known to be HTML; what else stands in angle brackets is text. */
const CONTENT_TAGS =
  'a|abbr|address|b|blockquote|br|center|cite|code|del|div|dl|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|tbody|td|tr|u|ul';
const CONTENT_TAG = new RegExp(`</?(?:${CONTENT_TAGS})(?:\\s[^<>]*)?/?>`, 'i');

/** True when a message's `content` is (sanitised) HTML; otherwise it is plain text, to be shown as it stands. */
export function hasMarkup(content: string): boolean {
  return CONTENT_TAG.test(content);
}
