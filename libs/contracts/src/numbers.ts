import type { Verdict } from './engagement';

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

/** GET /api/dashboard/stats and `stats_updated`. Rates in percent with one decimal; the last 30 days where the definition says so. */
export type DashboardStats = Record<NumberName, number> & {
  /** Hits of the last 30 days by verdict: what stands behind the open rate. */
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
  /** Path and query of the screen that lists the rows behind it. */
  rows: string;
}

/** One day of the trend, in the workspace's calendar (UTC): counts of that day. */
export interface TrendDay {
  day: string;
  sent: number;
  opened: number;
  clicked: number;
  replied: number;
  openedMachine: number;
  openedUnknown: number;
}

/** GET /api/dashboard/analytics/full. `change` is against the period of the same length before, in percent; null where that was zero. */
export interface DashboardAnalytics {
  from: string;
  to: string;
  numbers: { definition: NumberDefinition; value: number; previous: number; change: number | null; trend: number[] }[];
  days: TrendDay[];
  asOf: number;
}
