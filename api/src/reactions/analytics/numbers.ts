import { type NumberDefinition, type NumberName, NUMBERS, type RateName, RATES } from '@threadline/contracts';
import type { Measure, Totals } from './measures.rules';

/** The days a number is asked for, both included; null for all time. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** What is counted, and which of them: the number and its rows follow from the same words. */
export type Counted =
  | { grain: 'message'; which: 'sent' | 'opened' | 'clicked' | 'replied' }
  | { grain: 'lead'; state: 'converted' | null }
  | { grain: 'conversation'; state: 'open' };

type CountName = Exclude<NumberName, RateName>;

interface Worded {
  label: string;
  /** One sentence, for people. */
  definition: string;
}
export interface CountNumber extends Worded {
  unit: 'count';
  /** The column of the roll-up whose sum it is. */
  measure: Measure;
  counted: Counted;
}
export interface RateNumber extends Worded {
  unit: 'percent';
  of: CountName;
  per: CountName;
}

const BY_DAY = 'With a period: the messages sent in it.';
const AT_END = 'With a period: as it was at its end.';

/**
 * Every number of the dashboard, declared once. Tile, chart, API and the rows behind it read this table; over all time
 * where no period is named. Opens, clicks and replies belong to the day on which their message was sent, and a message
 * counts once, so that no rate passes 100 %.
 */
export const NUMBER_TABLE = {
  totalLeads: {
    label: 'Leads',
    definition: `Leads in the workspace, deleted ones left out. ${AT_END}`,
    unit: 'count',
    measure: 'leads',
    counted: { grain: 'lead', state: null },
  },
  convertedLeads: {
    label: 'Converted leads',
    definition: `Leads whose status is converted, deleted ones left out. ${AT_END}`,
    unit: 'count',
    measure: 'convertedLeads',
    counted: { grain: 'lead', state: 'converted' },
  },
  openConversations: {
    label: 'Open conversations',
    definition: `Conversations whose status is open, those of deleted leads left out. ${AT_END}`,
    unit: 'count',
    measure: 'openConversations',
    counted: { grain: 'conversation', state: 'open' },
  },
  messagesSent: {
    label: 'Messages sent',
    definition: `Messages that the mail server took, those that came back later included. ${BY_DAY}`,
    unit: 'count',
    measure: 'sent',
    counted: { grain: 'message', which: 'sent' },
  },
  messagesOpened: {
    label: 'Messages opened',
    definition: `Sent messages with at least one open judged to be a person's; each counts once. ${BY_DAY}`,
    unit: 'count',
    measure: 'opened',
    counted: { grain: 'message', which: 'opened' },
  },
  messagesClicked: {
    label: 'Messages clicked',
    definition: `Sent messages with at least one click judged to be a person's; each counts once. ${BY_DAY}`,
    unit: 'count',
    measure: 'clicked',
    counted: { grain: 'message', which: 'clicked' },
  },
  messagesReplied: {
    label: 'Messages answered',
    definition: `Sent messages that a lead has answered; automatic answers are left out, and each counts once. ${BY_DAY}`,
    unit: 'count',
    measure: 'replied',
    counted: { grain: 'message', which: 'replied' },
  },
  openRate: {
    label: 'Open rate',
    definition: `Messages opened by a person, in percent of the messages sent. ${BY_DAY}`,
    unit: 'percent',
    ...RATES.openRate,
  },
  clickRate: {
    label: 'Click rate',
    definition: `Messages with a link clicked by a person, in percent of the messages sent. ${BY_DAY}`,
    unit: 'percent',
    ...RATES.clickRate,
  },
  responseRate: {
    label: 'Response rate',
    definition: `Messages that a lead has answered, in percent of the messages sent. ${BY_DAY}`,
    unit: 'percent',
    ...RATES.responseRate,
  },
} as const satisfies Record<CountName, CountNumber> & Record<RateName, RateNumber>;

/** The number whose rows are shown: itself, or what a rate counts above the line. */
export function countOf(name: NumberName): CountNumber {
  const number: CountNumber | RateNumber = NUMBER_TABLE[name];
  return number.unit === 'count' ? number : NUMBER_TABLE[number.of];
}

/** Leads and conversations are there until they are not: their value is a running total, not a sum over days. */
export function isStanding(name: NumberName): boolean {
  return countOf(name).counted.grain !== 'message';
}

/** A number's value from the sums of its period. */
export function valueOf(name: NumberName, totals: Totals): number {
  const number: CountNumber | RateNumber = NUMBER_TABLE[name];
  if (number.unit === 'count') return totals[number.measure];
  return percent(totals[NUMBER_TABLE[number.of].measure], totals[NUMBER_TABLE[number.per].measure]);
}

/** In percent with one decimal; 0 of 0 is 0. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}

/** Against what was before, in percent with one decimal; null where that was nothing. */
export function changeOf(value: number, previous: number): number | null {
  return previous === 0 ? null : Math.round(((value - previous) / previous) * 1000) / 10;
}

/** What the number means, and the screen that lists its rows. */
export function definitionOf(name: NumberName, period: Period = { from: null, to: null }): NumberDefinition {
  const { label, definition, unit } = NUMBER_TABLE[name];
  const { counted } = countOf(name);
  return { name, label, definition, unit, grain: counted.grain, rows: rowsLink(name, period) };
}

/** Every number's meaning, in the order they are shown. */
export function definitions(period?: Period): NumberDefinition[] {
  return NUMBERS.map((name) => definitionOf(name, period));
}

/** The screen of the web app that lists exactly these rows. */
function rowsLink(name: NumberName, period: Period): string {
  const query = new URLSearchParams();
  if (period.from) query.set('from', period.from);
  if (period.to) query.set('to', period.to);
  const text = query.toString();
  return `/dashboard/rows/${name}${text ? `?${text}` : ''}`;
}
