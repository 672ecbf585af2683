import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Metrics } from '../../../platform/health';
import type { OverLimit } from './intake.limits';

/** Why a hit was answered and not recorded. */
export type DropReason = OverLimit | 'backlog' | 'unstorable';

/** What happened to hits at the intake, since the start of this process; shown at /metrics. */
@Injectable()
export class IntakeCounters {
  /** The same in plain numbers. */
  readonly totals = { stored: 0, spooled: 0, recovered: 0, dropped: 0 };
  private readonly hits: Counter<'outcome'>;
  private readonly drops: Counter<'reason'>;

  constructor(metrics: Metrics) {
    this.hits = metrics.counter('threadline_tracking_hits_total', 'Hits by where they were put before the answer', [
      'outcome',
    ]);
    this.drops = metrics.counter('threadline_tracking_hits_dropped_total', 'Hits answered and not recorded', [
      'reason',
    ]);
  }

  stored(hits: number): void {
    this.totals.stored += hits;
    this.hits.inc({ outcome: 'stored' }, hits);
  }

  spooled(hits: number): void {
    this.totals.spooled += hits;
    this.hits.inc({ outcome: 'spooled' }, hits);
  }

  recovered(hits: number): void {
    this.totals.recovered += hits;
    this.hits.inc({ outcome: 'recovered' }, hits);
  }

  dropped(reason: DropReason, hits = 1): void {
    this.totals.dropped += hits;
    this.drops.inc({ reason }, hits);
  }
}
