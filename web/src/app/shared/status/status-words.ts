import type { ConversationStatus, LeadStatus, MessageStatus, Priority } from '@threadline/contracts';
import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleQuestionMark,
  Clock,
  CornerDownLeft,
  Inbox,
  LoaderCircle,
  Undo2,
  type IconNode,
} from 'lucide';
import type { Tone } from '../ui';

export interface Word {
  word: string;
  tone: Tone;
}

/** How each status of a lead is said and toned, everywhere. */
export const LEAD_STATUS_WORDS: Record<LeadStatus, Word> = {
  new: { word: 'New', tone: 'neutral' },
  contacted: { word: 'Contacted', tone: 'accent' },
  qualified: { word: 'Qualified', tone: 'warn' },
  converted: { word: 'Converted', tone: 'good' },
  lost: { word: 'Lost', tone: 'bad' },
};

export const CONVERSATION_STATUS_WORDS: Record<ConversationStatus, Word> = {
  open: { word: 'Open', tone: 'accent' },
  pending: { word: 'Pending', tone: 'warn' },
  snoozed: { word: 'Snoozed', tone: 'neutral' },
  resolved: { word: 'Resolved', tone: 'good' },
};

export const PRIORITY_WORDS: Record<Priority, Word> = {
  low: { word: 'Low', tone: 'neutral' },
  normal: { word: 'Normal', tone: 'neutral' },
  high: { word: 'High', tone: 'warn' },
  urgent: { word: 'Urgent', tone: 'bad' },
};

export const MESSAGE_STATUS_WORDS: Record<MessageStatus, Word & { icon: IconNode }> = {
  queued: { word: 'Waiting to be sent', tone: 'neutral', icon: Clock },
  sending: { word: 'Sending', tone: 'neutral', icon: LoaderCircle },
  sent: { word: 'Sent', tone: 'neutral', icon: Check },
  delivered: { word: 'Delivered', tone: 'neutral', icon: CheckCheck },
  failed: { word: 'Not sent', tone: 'bad', icon: CircleAlert },
  unknown: { word: 'May not have been sent', tone: 'warn', icon: CircleQuestionMark },
  cancelled: { word: 'Taken back', tone: 'neutral', icon: Undo2 },
  bounced: { word: 'Came back', tone: 'bad', icon: CornerDownLeft },
  received: { word: 'Received', tone: 'neutral', icon: Inbox },
};
