import { Injectable } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { readEvents } from '../../platform/log';
import { type Tx, UnitOfWork } from '../../platform/work';
import { COUNTED_EVENTS } from './effects.rules';
import { FactStore } from './fact.store';
import { MEASURE_NAMES, MEASURES, type Totals } from './measures.rules';
import { RollUps } from './roll-ups';

const BATCH = 1_000;

/** A sum that a recount found to be another than the one that was shown. */
export interface Difference {
  day: string;
  channel: string;
  measure: string;
  was: number;
  is: number;
}

/** What a recount of a workspace found. */
export interface Recount {
  workspaceId: string;
  /** The log's position up to which it counted: that of the live roll-ups. */
  asOf: number;
  /** Events that change a number. */
  events: number;
  /** Sums, facts and spans are all what they were. */
  same: boolean;
  differences: Difference[];
}

interface Kept {
  days: Map<string, Totals & { day: string; channel: string }>;
  rest: string;
}

/** Ends the transaction of a recount whose result is not to be kept. */
class OnlyLooking extends Error {
  constructor(readonly recount: Recount) {
    super('only looking');
  }
}

/**
 * Counts a workspace again from its log. It happens in one transaction that holds the reaction's cursor: readers see
 * the old numbers until the new ones replace them all at once, the log goes on growing meanwhile, and live counting
 * goes on from the same position.
 */
@Injectable()
export class AnalyticsRebuild {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rollUps: RollUps,
    private readonly store: FactStore,
  ) {}

  /** Replaces the roll-ups by what the log says, and tells what that changed. */
  rebuild(workspaceId: string, batch = BATCH): Promise<Recount> {
    return this.work.run(systemActor(workspaceId, 'analytics'), (tx) => this.recount(tx, batch));
  }

  /** Counts again and compares, and leaves everything as it was. */
  async verify(workspaceId: string, batch = BATCH): Promise<Recount> {
    try {
      await this.work.run(systemActor(workspaceId, 'analytics'), async (tx) => {
        throw new OnlyLooking(await this.recount(tx, batch));
      });
    } catch (error) {
      if (error instanceof OnlyLooking) return error.recount;
      throw error;
    }
    throw new Error('A recount that only looks has kept its result');
  }

  private async recount(tx: Tx, batch: number): Promise<Recount> {
    const [cursor] = await tx.query<{ seq: string }>(
      `SELECT seq FROM reaction_cursors WHERE workspace_id = $1 AND reaction = 'analytics' FOR UPDATE`,
      [tx.workspaceId],
    );
    const asOf = Number(cursor?.seq ?? 0);
    // Whoever kept an answer of the old numbers sees by this that it no longer holds.
    await tx.query(`UPDATE reaction_cursors SET seq = seq WHERE workspace_id = $1 AND reaction = 'analytics'`, [
      tx.workspaceId,
    ]);
    const before = await this.keep(tx);
    await this.store.clear(tx);
    const events = await this.countAgain(tx, asOf, batch);
    const after = await this.keep(tx);
    const differences = compare(before.days, after.days);
    const same = differences.length === 0 && before.rest === after.rest;
    return { workspaceId: tx.workspaceId, asOf, events, same, differences };
  }

  private async countAgain(tx: Tx, upTo: number, limit: number): Promise<number> {
    let counted = 0;
    for (let after = 0; ;) {
      const slice = { after, upTo, limit, types: COUNTED_EVENTS };
      const events = await readEvents((sql, parameters) => tx.query(sql, parameters), tx.workspaceId, slice);
      await this.rollUps.count(tx, events);
      counted += events.length;
      const last = events.at(-1);
      if (!last || events.length < limit) return counted;
      after = last.seq;
    }
  }

  /** The sums by day, and a fingerprint of everything else. */
  private async keep(tx: Tx): Promise<Kept> {
    const sums = MEASURE_NAMES.map((name) => `${MEASURES[name]} AS "${name}"`).join(', ');
    const rows = await tx.query<Totals & { day: string; channel: string }>(
      `SELECT day::text AS day, channel, ${sums} FROM analytics_days WHERE workspace_id = $1`,
      [tx.workspaceId],
    );
    const [rest] = await tx.query<{ fingerprint: string }>(
      `SELECT (SELECT count(*) || ':' || coalesce(sum(hashtextextended(f::text, 0)), 0) FROM analytics_messages f
                WHERE f.workspace_id = $1) || ' ' ||
              (SELECT count(*) || ':' || coalesce(sum(hashtextextended(s::text, 0)), 0) FROM analytics_spans s
                WHERE s.workspace_id = $1) || ' ' ||
              (SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM analytics_totals t
                WHERE t.workspace_id = $1) AS fingerprint`,
      [tx.workspaceId],
    );
    return { days: new Map(rows.map((row) => [`${row.day} ${row.channel}`, row])), rest: rest?.fingerprint ?? '' };
  }
}

function compare(before: Kept['days'], after: Kept['days']): Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [day = '', channel = ''] = key.split(' ');
    return MEASURE_NAMES.flatMap((measure) => {
      const was = before.get(key)?.[measure] ?? 0;
      const is = after.get(key)?.[measure] ?? 0;
      return was === is ? [] : [{ day, channel, measure, was, is }];
    });
  });
}
