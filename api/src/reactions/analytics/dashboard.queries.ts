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
import { type ChannelKey, type Measure, MEASURE_NAMES, MEASURES, noTotals, type Totals } from './measures.rules';
import { changeOf, countOf, definitionOf, isStanding, percent, type Period, valueOf } from './numbers';
import { dayAfter, daysBetween, daysOf } from './period.rules';

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

type Days = Map<string, Totals>;

/** Reads of the roll-up. Every number is made by its declaration in `numbers.ts`. */
@Injectable()
export class DashboardQueries {
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
    const before = dayAfter(from, -daysBetween(from, to));
    const { asOf, ...now } = await this.totals(tx, { from: null, to: null });
    const read = await tx.query<Partial<Totals> & { day: string }>(
      `SELECT d.day::text, ${sums(OF_PERIOD)} FROM analytics_days d WHERE d.workspace_id = $1 AND d.day >= $2::date GROUP BY d.day`,
      [tx.workspaceId, before],
    );
    const rows = read.map((row) => ({ ...noTotals(), ...row }));
    const days: Days = new Map(rows.map((row) => [row.day, row]));
    const wanted = daysOf(from, to).map((day) => days.get(day) ?? noTotals());
    const previous = sumOf(daysOf(before, dayAfter(from, -1)).map((day) => days.get(day) ?? noTotals()));
    const period = sumOf(wanted);
    // What there was at the start is what there is now without all that came since.
    const since = sumOf(rows.filter((row) => row.day >= from));
    const atStart = sumOf([now], since);
    return {
      from,
      to,
      numbers: NUMBERS.map((name) => {
        const trend = trendOf(name, atStart, wanted);
        const value = isStanding(name) ? (trend.at(-1) ?? 0) : valueOf(name, period);
        const was = valueOf(name, isStanding(name) ? atStart : previous);
        const definition = definitionOf(name, { from, to });
        return { definition, value, previous: was, change: changeOf(value, was), trend };
      }),
      days: wanted.map((totals, n) => trendDay(dayAfter(from, n), totals)),
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

function sumOf(all: Totals[], without = noTotals()): Totals {
  const sum = noTotals();
  for (const totals of all) for (const name of MEASURE_NAMES) sum[name] += totals[name];
  for (const name of MEASURE_NAMES) sum[name] -= without[name];
  return sum;
}
