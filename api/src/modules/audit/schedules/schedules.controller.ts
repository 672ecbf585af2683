import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { AuditScheduleChangeDto, AuditScheduleDto, AuditScheduleListDto, NewAuditScheduleDto } from './schedules.dto';
import { SchedulesQueries } from './schedules.queries';
import { AuditSchedules } from './schedules.service';

@Controller('api/audit/schedules')
export class AuditSchedulesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: SchedulesQueries,
    private readonly schedules: AuditSchedules,
  ) {}

  /** Exports that are made by themselves, and what became of their newest slots. */
  @Get()
  @Require('audit:read')
  async list(@CurrentActor() actor: Actor): Promise<AuditScheduleListDto> {
    return { items: await this.work.read(actor, (tx) => this.queries.list(tx)), nextCursor: null };
  }

  /**
   * A new one, made on the caller's behalf. A slot is made once; one that was slept through is made within a day, and
   * listed as missed later. A local time that the clocks leap over is the minute after; one they show twice, the first.
   */
  @Post()
  @Require('audit:write')
  create(@CurrentActor() actor: Actor, @Body() body: NewAuditScheduleDto): Promise<AuditScheduleDto> {
    const { filters = {}, weekday = 1, monthday = 1, minute = 0, ...rest } = body;
    const wanted = { ...rest, filters: { ...filters }, weekday, monthday, minute };
    return this.work.run(actor, (tx) => this.schedules.create(tx, wanted));
  }

  /**
   * Changes the given settings and leaves the others. Unless it is only paused, it is made on the caller's behalf from
   * then on. A new time counts from now: what is due before it is not made up for.
   */
  @Patch(':id')
  @Require('audit:write')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AuditScheduleChangeDto,
  ): Promise<AuditScheduleDto> {
    const change = body.filters ? { ...body, filters: { ...body.filters } } : { ...body };
    return this.work.run(actor, (tx) => this.schedules.change(tx, id, change));
  }

  /** Ends one. Files it made stay until their time is over. */
  @Delete(':id')
  @HttpCode(204)
  @Require('audit:write')
  delete(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.work.run(actor, (tx) => this.schedules.delete(tx, id));
  }
}
