import type { Channel } from './channels';
import type { Verdict } from './engagement';
import type { Envelope } from './envelope';
import type { Lead } from './leads';
import type { Conversation, Message } from './messages';
import type { Page } from './pages';

/**
 * The numbers of the dashboard. Each is declared once in the API (name, SQL, grain, definition);
 * tile, chart and API read the same declaration.
 */
export const NUMBERS = [
  'totalLeads',
  'convertedLeads',
  'openConversations',
  'messagesSent',
  'messagesOpened',
  'messagesClicked',
  'messagesReplied',
  'openRate',
  'clickRate',
  'responseRate',
] as const;
export type NumberName = (typeof NUMBERS)[number];
export type RateName = Extract<NumberName, `${string}Rate`>;

/** What each rate counts above the line, and of how many. The rows behind a rate are those above the line. */
export const RATES = {
  openRate: { of: 'messagesOpened', per: 'messagesSent' },
  clickRate: { of: 'messagesClicked', per: 'messagesSent' },
  responseRate: { of: 'messagesReplied', per: 'messagesSent' },
} as const satisfies Record<RateName, Record<'of' | 'per', Exclude<NumberName, RateName>>>;

/** GET /api/dashboard/stats and `stats_updated`: over all time. Rates in percent with one decimal, as each number's definition says. */
export type DashboardStats = Record<NumberName, number> & {
  /** Hits by verdict: what stands behind the open rate. Several hits can be of one message. */
  opensByVerdict: Record<Verdict, number>;
  clicksByVerdict: Record<Verdict, number>;
  timestamp: string;
  /** The log's position these numbers contain. */
  asOf: number;
};

/** What a number means, where its rows are, how it is shown. */
export interface NumberDefinition {
  name: NumberName;
  label: string;
  definition: string;
  unit: 'count' | 'percent';
  /** What one of it is. */
  grain: 'lead' | 'conversation' | 'message';
  /** Path and query of the screen that lists the rows behind it. */
  rows: string;
}

/**
 * One day of the trend, in the workspace's calendar (UTC). It counts the messages sent on that day, whenever they were
 * opened, clicked or answered. A message is in at most one of `opened` (by a person), `openedUnknown` and `openedMachine`.
 */
export interface TrendDay {
  /** `YYYY-MM-DD`. */
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

/**
 * GET /api/dashboard/analytics/full. `from` and `to` are days, both included. `value` of a number of leads or
 * conversations is what there was at the end of the period; `change` is against the period of the same length before, in
 * percent; null where that was zero. `trend` has one value for each of `days`.
 */
export interface DashboardAnalytics {
  from: string;
  to: string;
  numbers: { definition: NumberDefinition; value: number; previous: number; change: number | null; trend: number[] }[];
  days: TrendDay[];
  asOf: number;
}

/** GET /api/dashboard/numbers: every number, with the screen of its rows over all time. */
export interface NumberDefinitions {
  items: NumberDefinition[];
}

/** What became of the messages of one channel. Rates in percent of those sent, with one decimal. */
export interface ChannelOutreach {
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

/** GET /api/dashboard/analytics/outreach. `from` and `to` as they were asked for. */
export interface OutreachAnalytics {
  from: string | null;
  to: string | null;
  items: ChannelOutreach[];
  asOf: number;
}

/** One of the things a number counts; `message` or `conversation` is there when the number counts those. */
export interface NumberRow {
  lead: Pick<Lead, 'id' | 'name' | 'email' | 'company' | 'status' | 'createdAt'>;
  conversation: Pick<
    Conversation,
    | 'id'
    | 'channel'
    | 'subject'
    | 'status'
    | 'priority'
    | 'assigneeId'
    | 'unreadCount'
    | 'lastMessagePreview'
    | 'lastMessageAt'
  > | null;
  message:
    | (Pick<
        Message,
        | 'id'
        | 'conversationId'
        | 'channel'
        | 'status'
        | 'subject'
        | 'authorId'
        | 'deliveredAt'
        | 'openedAt'
        | 'clickedAt'
        | 'repliedAt'
      > & {
        sentAt: string;
        /** The beginning of its text. */
        preview: string;
      })
    | null;
}

/**
 * GET /api/dashboard/rows/:number: the rows behind a number, newest first. There are exactly as many as the number
 * says; of a rate, as many as it counts above the line (openRate: the messages opened).
 */
export interface NumberRows extends Page<NumberRow> {
  number: NumberName;
  /** How many there are on all pages. */
  count: number;
  asOf: number;
}

/** GET /api/dashboard/activity: what happened, newest first. `asOf` is the log's position that the page contains. */
export interface ActivityPage extends Page<Envelope> {
  asOf: number;
}
