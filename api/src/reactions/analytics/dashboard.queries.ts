import { Injectable } from '@nestjs/common';
import {
  CHANNELS,
  type ChannelOutreach,
  type DashboardAnalytics,
  type DashboardStats,
  type NumberName,
  NUMBERS,
  type OutreachAnalytics,
  type TrendDay,
} from '@threadline/contracts';
import { Clock } from '../../platform/clock';
import type { ReadTx } from '../../platform/work';
import { KeptAnswers } from './kept-answers';
import { type ChannelKey, type Measure, MEASURE_NAMES, MEASURES, noTotals, type Totals } from './measures.rules';
import { changeOf, countOf, definitionOf, isStanding, percent, type Period, valueOf } from './numbers';
import { dayAfter, daysOf } from './period.rules';

/** Sums of all measures, under their names, as JavaScript numbers. */
const sums = (names: readonly Measure[]) =>
  names.map((name) => `coalesce(sum(d.${MEASURES[name]}), 0)::float8 AS "${name}"`).join(', ');
const SUMS = sums(MEASURE_NAMES);
/** What numbers and trend of a period are made of: half of all, and the cost of a long period. */
const OF_PERIOD = [
  ...new Set([
    ...NUMBERS.map((name) => countOf(name).measure),
    ...(['sent', 'openedUnknown', 'openedMachine'] as const),
  ]),
];
/** The log's position that the roll-up contains, in the same snapshot. */
const AS_OF = `coalesce((SELECT seq FROM reaction_cursors WHERE workspace_id = $1 AND reaction = 'analytics'), 0)::float8`;
const ALL_TIME = `SELECT ${SUMS}, ${AS_OF} AS "asOf" FROM analytics_totals d WHERE d.workspace_id = $1`;

/**
 * Where the roll-up stands. Whoever changes it touches this row in the same transaction, so that as long as row and
 * version are the same, so is every answer.
 */
const STAND = `SELECT seq::float8 AS "asOf", xmin::text AS version FROM reaction_cursors WHERE workspace_id = $1 AND reaction = 'analytics'`;
/** What there is now of what numbers are made of. */
const NOW = `SELECT ${sums(OF_PERIOD)} FROM analytics_totals d WHERE d.workspace_id = $1`;
/** Of the days from $2 on: each from $3 to $4 by itself, those before in one as the day before, those after as the day after. */
const BY_DAY = `
  SELECT least(greatest(d.day, $3::date - 1), $4::date + 1)::text AS part, ${sums(OF_PERIOD)}
    FROM analytics_days d WHERE d.workspace_id = $1 AND d.day >= $2::date
   GROUP BY least(greatest(d.day, $3::date - 1), $4::date + 1)`;
/** Periods that people look at over and over while nothing is counted: about 20 KB each. */
const MOST_KEPT = 200;

type Part = Totals & { part: string };

/** Reads of the roll-up. Every number is made by its declaration in `numbers.ts`. */
@Injectable()
export class DashboardQueries {
  private readonly kept = new KeptAnswers<DashboardAnalytics>(MOST_KEPT);

  constructor(private readonly clock: Clock) {}

  /** The sums over a period, all channels together, and the position they contain. */
  async totals(tx: ReadTx, { from, to }: Period): Promise<Totals & { asOf: number }> {
    const [row] =
      from === null && to === null
        ? await tx.query<Totals & { asOf: number }>(ALL_TIME, [tx.workspaceId])
        : await tx.query<Totals & { asOf: number }>(
            `SELECT ${SUMS}, ${AS_OF} AS "asOf" FROM analytics_days d
              WHERE d.workspace_id = $1 AND ($2::date IS NULL OR d.day >= $2) AND ($3::date IS NULL OR d.day <= $3)`,
            [tx.workspaceId, from, to],
          );
    return row ?? { ...noTotals(), asOf: 0 };
  }

  /** All numbers over all time. */
  async stats(tx: ReadTx): Promise<DashboardStats> {
    return this.statsOf(await this.totals(tx, { from: null, to: null }));
  }

  statsOf({ asOf, ...totals }: Totals & { asOf: number }): DashboardStats {
    const values = Object.fromEntries(NUMBERS.map((name) => [name, valueOf(name, totals)])) as Record<
      NumberName,
      number
    >;
    return {
      ...values,
      opensByVerdict: { human: totals.opensHuman, machine: totals.opensMachine, unknown: totals.opensUnknown },
      clicksByVerdict: { human: totals.clicksHuman, machine: totals.clicksMachine, unknown: totals.clicksUnknown },
      timestamp: this.clock.now().toISOString(),
      asOf,
    };
  }

  /** A period day by day, and every number of it beside the period of the same length before. */
  async full(tx: ReadTx, { from, to }: { from: string; to: string }): Promise<DashboardAnalytics> {
    const [stand] = await tx.query<{ asOf: number; version: string }>(STAND, [tx.workspaceId]);
    if (!stand) return this.workOut(tx, from, to, 0);
    const key = [tx.workspaceId, stand.asOf, stand.version, from, to].join(' ');
    const kept = this.kept.get(key);
    if (kept) return kept;
    const answer = await this.workOut(tx, from, to, stand.asOf);
    this.kept.put(key, answer);
    return answer;
  }

  private async workOut(tx: ReadTx, from: string, to: string, asOf: number): Promise<DashboardAnalytics> {
    const dayNames = daysOf(from, to);
    const [[now], read] = await Promise.all([
      tx.query<Totals>(NOW, [tx.workspaceId]),
      tx.query<Part>(BY_DAY, [tx.workspaceId, dayAfter(from, -dayNames.length), from, to]),
    ]);
    const parts = new Map(read.map((row) => [row.part, row]));
    const none = noTotals();
    const days = dayNames.map((day) => parts.get(day) ?? none);
    const previous = parts.get(dayAfter(from, -1)) ?? none;
    const period = sumOf(days);
    // What there was at the start is what there is now without all that came since.
    const atStart = sumOf([now ?? none], sumOf([period, parts.get(dayAfter(to)) ?? none]));
    return {
      from,
      to,
      numbers: NUMBERS.map((name) => {
        const trend = trendOf(name, atStart, days);
        const value = isStanding(name) ? (trend.at(-1) ?? 0) : valueOf(name, period);
        const was = valueOf(name, isStanding(name) ? atStart : previous);
        const definition = definitionOf(name, { from, to });
        return { definition, value, previous: was, change: changeOf(value, was), trend };
      }),
      days: days.map((totals, n) => trendDay(dayNames[n] ?? from, totals)),
      asOf,
    };
  }

  /** What became of the messages, by channel. */
  async outreach(tx: ReadTx, { from, to }: Period): Promise<OutreachAnalytics> {
    const rows = await tx.query<Totals & { channel: ChannelKey }>(
      `SELECT d.channel, ${SUMS} FROM analytics_days d
        WHERE d.workspace_id = $1 AND ($2::date IS NULL OR d.day >= $2) AND ($3::date IS NULL OR d.day <= $3)
        GROUP BY d.channel`,
      [tx.workspaceId, from, to],
    );
    const [position] = await tx.query<{ asOf: number }>(`SELECT ${AS_OF} AS "asOf"`, [tx.workspaceId]);
    const items = CHANNELS.map((channel): ChannelOutreach => {
      const totals = rows.find((row) => row.channel === channel) ?? noTotals();
      const { sent, delivered, bounced, opened, clicked, replied, received } = totals;
      return {
        channel,
        ...{ sent, delivered, bounced, opened, clicked, replied, received },
        openRate: percent(opened, sent),
        clickRate: percent(clicked, sent),
        responseRate: percent(replied, sent),
        bounceRate: percent(bounced, sent),
      };
    });
    return { from, to, items, asOf: position?.asOf ?? 0 };
  }
}

/** A value for each day: what was counted on it, or what there was at its end. */
function trendOf(name: NumberName, atStart: Totals, days: Totals[]): number[] {
  if (!isStanding(name)) return days.map((totals) => valueOf(name, totals));
  const { measure } = countOf(name);
  let there = atStart[measure];
  return days.map((totals) => (there += totals[measure]));
}

function trendDay(day: string, totals: Totals): TrendDay {
  const { sent, opened, clicked, replied, openedMachine, openedUnknown } = totals;
  return { day, sent, opened, clicked, replied, openedMachine, openedUnknown };
}

/** Of what numbers are made of; the rest stays 0. */
function sumOf(all: Totals[], without?: Totals): Totals {
  const sum = noTotals();
  for (const name of OF_PERIOD) {
    let there = without ? -without[name] : 0;
    for (const totals of all) there += totals[name];
    sum[name] = there;
  }
  return sum;
}
