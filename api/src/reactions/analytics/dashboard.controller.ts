import { Controller, Get, Param, Query } from '@nestjs/common';
import { type NumberName, NUMBERS } from '@threadline/contracts';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { PageQuery } from '../../platform/http';
import { EnvelopePageDto } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { ActivityQueries } from './activity.queries';
import {
  DashboardAnalyticsDto,
  DashboardStatsDto,
  NumberDefinitionsDto,
  NumberRowsDto,
  OutreachAnalyticsDto,
  PeriodQuery,
  RowsQuery,
} from './dashboard.dto';
import { DashboardQueries } from './dashboard.queries';
import { definitions, type Period } from './numbers';
import { dayAfter, daysBetween } from './period.rules';
import { RowsQueries } from './rows.queries';

/** The period that is shown when none is asked for, in days. */
const USUAL_DAYS = 30;
const MOST_DAYS = 732;

@Controller('api/dashboard')
export class DashboardController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly dashboard: DashboardQueries,
    private readonly rowsOf: RowsQueries,
    private readonly activities: ActivityQueries,
    private readonly clock: Clock,
  ) {}

  /** Every number over all time; what each counts stands in GET /api/dashboard/numbers. */
  @Get('stats')
  @Require('analytics:read')
  stats(@CurrentActor() actor: Actor): Promise<DashboardStatsDto> {
    return this.work.read(actor, (tx) => this.dashboard.stats(tx));
  }

  /** What each number counts, and the screen that lists what it counts. */
  @Get('numbers')
  @Require('analytics:read')
  numbers(): NumberDefinitionsDto {
    return { items: definitions() };
  }

  /** A period day by day, with every number beside the period before; the last 30 days when none is named. */
  @Get('analytics/full')
  @Require('analytics:read')
  full(@CurrentActor() actor: Actor, @Query() query: PeriodQuery): Promise<DashboardAnalyticsDto> {
    const to = query.to ?? this.clock.now().toISOString().slice(0, 10);
    const from = query.from ?? dayAfter(to, 1 - USUAL_DAYS);
    checkOrder({ from, to });
    if (daysBetween(from, to) > MOST_DAYS) throw invalid(`must be at most ${MOST_DAYS} days before to`);
    return this.work.read(actor, (tx) => this.dashboard.full(tx, { from, to }));
  }

  /** What became of the messages of each channel, over all time or a period. */
  @Get('analytics/outreach')
  @Require('analytics:read')
  outreach(@CurrentActor() actor: Actor, @Query() query: PeriodQuery): Promise<OutreachAnalyticsDto> {
    const period = periodOf(query);
    return this.work.read(actor, (tx) => this.dashboard.outreach(tx, period));
  }

  /**
   * The rows behind a number, newest first, exactly as many as it says; of a rate, those it counts above the line. It
   * also takes the permission to read what is listed; numbers are the workspace's, rows those that the caller may see. `from` and `to` are the days on which messages were sent; leads
   * and conversations are listed as they stood at the end of `to`.
   */
  @Get('rows/:number')
  @Require('analytics:read')
  rows(
    @CurrentActor() actor: Actor,
    @Param('number') number: string,
    @Query() query: RowsQuery,
  ): Promise<NumberRowsDto> {
    if (!isNumber(number)) throw new Refusal('not_found', { detail: `The numbers are ${NUMBERS.join(', ')}.` });
    const { limit, cursor } = query;
    const wanted = { ...periodOf(query), limit, ...(cursor === undefined ? {} : { cursor }) };
    return this.work.read(actor, (tx) => this.rowsOf.rows(tx, number, wanted));
  }

  /** What happened in the workspace, newest first, as events; without what is one person's own or told by another event. */
  @Get('activity')
  @Require('events:read')
  activity(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<EnvelopePageDto> {
    return this.work.read(actor, (tx) => this.activities.page(tx, query));
  }
}

function isNumber(name: string): name is NumberName {
  return (NUMBERS as readonly string[]).includes(name);
}

function periodOf({ from, to }: PeriodQuery): Period {
  const period = { from: from ?? null, to: to ?? null };
  checkOrder(period);
  return period;
}

function checkOrder({ from, to }: Period): void {
  if (from && to && from > to) throw invalid('must not be after to');
}

function invalid(message: string): Refusal {
  return new Refusal('invalid_input', { errors: [{ path: 'from', message }] });
}
