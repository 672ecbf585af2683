import type { Channel } from '@threadline/contracts';

/**
 * What is counted for each day, and the column of `analytics_days` that holds it. The first group counts messages on
 * the day they were sent, whenever the rest happened to them; the second what came in on that day; the third how much
 * more (or less) there was of something at the end of that day, so that a running total is the number then.
 */
export const MEASURES = {
  sent: 'sent',
  delivered: 'delivered',
  bounced: 'bounced',
  opened: 'opened',
  /** Only opened in ways that may have been a person or a machine. */
  openedUnknown: 'opened_unknown',
  /** Only opened by machines. */
  openedMachine: 'opened_machine',
  clicked: 'clicked',
  replied: 'replied',

  received: 'received',
  opensHuman: 'opens_human',
  opensMachine: 'opens_machine',
  opensUnknown: 'opens_unknown',
  clicksHuman: 'clicks_human',
  clicksMachine: 'clicks_machine',
  clicksUnknown: 'clicks_unknown',

  leads: 'leads',
  convertedLeads: 'converted_leads',
  openConversations: 'open_conversations',
} as const;
export type Measure = keyof typeof MEASURES;
export type Totals = Record<Measure, number>;

export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

/** What travels by no channel, or by an unknown one, is counted here. */
export const NO_CHANNEL = '';
export type ChannelKey = Channel | typeof NO_CHANNEL;

/** One row of the roll-up, or what is to be added to it. */
export interface DayTotals extends Totals {
  day: string;
  channel: ChannelKey;
}

const ZERO = Object.fromEntries(MEASURE_NAMES.map((measure) => [measure, 0])) as Totals;

export function noTotals(): Totals {
  return { ...ZERO };
}

/** The day of a time, in UTC. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** Gathers what a batch of events adds to each day, so that each day is written once. */
export class Tally {
  private readonly days = new Map<string, DayTotals>();

  add(day: string, channel: ChannelKey, measure: Measure, amount: number): void {
    const key = `${day} ${channel}`;
    const totals = this.days.get(key) ?? { day, channel, ...noTotals() };
    totals[measure] += amount;
    this.days.set(key, totals);
  }

  /** Days that change, in a fixed order. */
  get changes(): DayTotals[] {
    return [...this.days.values()]
      .filter((totals) => MEASURE_NAMES.some((measure) => totals[measure] !== 0))
      .sort((a, b) => (a.day + a.channel < b.day + b.channel ? -1 : 1));
  }
}
