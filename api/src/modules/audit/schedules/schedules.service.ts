import { versions } from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  type AuditExportFilters,
  type AuditFormat,
  type AuditSchedule,
  type AuditSlotRule,
  ref,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AuditReaders } from '../audit-readers';
import { AuditExports } from '../exports';
import { ruleOf, type ScheduleRow, SchedulesQueries, settingsOf } from './schedules.queries';
import { isTimeZone, type Slot, slotAfter, slotsUntil } from './slots.rules';

/** Schedules that a workspace can have. */
const MOST = 20;
/** A slot that nobody could make for so long is listed as missed. Milliseconds. */
const LATE_MS = 86_400_000;
/** Slots that are listed when a schedule was slept through; a year of days, and then some. */
const MOST_SLOTS = 400;
const LOST_RIGHT = 'Who made it may not set up exports of the audit log any more.';

export interface NewSchedule extends AuditSlotRule {
  name: string;
  format: AuditFormat;
  filters: AuditExportFilters;
  covers: 'new' | 'all';
  recipientIds: readonly string[];
}

export type ScheduleChange = Partial<NewSchedule & { state: 'active' | 'paused' }>;

/** Exports that are made by themselves, once for each slot, with the rights their maker has at that moment. */
@Injectable()
export class AuditSchedules {
  constructor(
    private readonly queries: SchedulesQueries,
    private readonly exports: AuditExports,
    private readonly readers: AuditReaders,
    private readonly mails: AccountMails,
  ) {}

  /**
   * A new schedule of the acting member. Event `audit_schedule.created`.
   * @throws Refusal `invalid_input` for an unknown time zone, or a recipient who may not read the log; `wrong_state`
   */
  async create(tx: Tx, wanted: NewSchedule): Promise<AuditSchedule> {
    refuseNoTimeZone(wanted.timeZone);
    await this.refuseOutsiders(tx, wanted.recipientIds);
    if ((await this.queries.list(tx)).length >= MOST) {
      throw new Refusal('wrong_state', { detail: `A workspace can have ${MOST} scheduled exports.` });
    }
    const id = v7();
    const { at, slot } = slotAfter(wanted, tx.now);
    const { name, format, filters, covers, frequency, weekday, monthday, hour, minute, timeZone, recipientIds } =
      wanted;
    await tx.query(
      `INSERT INTO audit_schedules (workspace_id, id, name, format, filters, covers, frequency, weekday, monthday, hour,
                                    minute, time_zone, recipients, created_by, created_at, next_at, next_slot)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        ...[tx.workspaceId, id, name, format, filters, covers, frequency, weekday, monthday, hour, minute, timeZone],
        ...[recipientIds, memberBehind(tx.actor), tx.now, at, slot],
      ],
    );
    const row = await this.queries.row(tx, id);
    tx.append({ type: 'audit_schedule.created', ...about(id), data: { schedule: settingsOf(row) } });
    return this.queries.one(tx, id);
  }

  /**
   * Changes what is given, from now on; unless it is only paused, on the acting member's behalf. Event
   * `audit_schedule.updated`.
   * @throws Refusal `not_found`, and as for `create`
   */
  async change(tx: Tx, id: string, change: ScheduleChange): Promise<AuditSchedule> {
    const row = await this.queries.row(tx, id, true);
    const was = settingsOf(row);
    const changed = (Object.keys(change) as (keyof ScheduleChange)[]).filter(
      (field) => change[field] !== undefined && !isDeepStrictEqual(change[field], was[field]),
    );
    if (changed.length === 0) return this.queries.one(tx, id);
    const now = { ...was, ...change, pausedBecause: change.state ? null : was.pausedBecause };
    refuseNoTimeZone(now.timeZone);
    if (change.recipientIds) await this.refuseOutsiders(tx, change.recipientIds);
    const { at, slot } = slotAfter(now, tx.now);
    const { name, format, filters, covers, frequency, weekday, monthday, hour, minute, timeZone, recipientIds } = now;
    await tx.query(
      `UPDATE audit_schedules
          SET name = $2, format = $3, filters = $4, covers = $5, frequency = $6, weekday = $7, monthday = $8, hour = $9,
              minute = $10, time_zone = $11, recipients = $12, state = $13, paused_because = $14, next_at = $15,
              next_slot = $16, created_by = coalesce($17, created_by)
        WHERE id = $1`,
      [
        ...[id, name, format, filters, covers, frequency, weekday, monthday, hour, minute, timeZone, recipientIds],
        ...[now.state, now.pausedBecause, at, slot],
        change.state === 'paused' && changed.length === 1 ? null : memberBehind(tx.actor),
      ],
    );
    this.updated(tx, row, await this.queries.row(tx, id));
    return this.queries.one(tx, id);
  }

  /** Event `audit_schedule.deleted`; files it made stay until their time is over. @throws Refusal `not_found` */
  async delete(tx: Tx, id: string): Promise<void> {
    const { name } = await this.queries.row(tx, id, true);
    await tx.query('UPDATE audit_schedules SET deleted_at = $2 WHERE id = $1', [id, tx.now]);
    tx.append({ type: 'audit_schedule.deleted', ...about(id), data: { scheduleId: id, name } });
  }

  /** Makes what is due of one schedule; nothing when another process has just done so. */
  async run(tx: Tx, id: string): Promise<void> {
    const row = await this.queries.row(tx, id, true);
    if (row.state !== 'active' || row.next_at === null || row.next_slot === null || row.next_at > tx.now) return;
    if ((await this.readers.holding(tx, 'audit:write', [row.created_by])).length === 0) return this.pause(tx, row);
    const first = { slot: row.next_slot, at: row.next_at };
    for (const slot of slotsUntil(ruleOf(row), first, tx.now, MOST_SLOTS)) {
      if (tx.now.getTime() - slot.at.getTime() > LATE_MS) await this.miss(tx, row, slot);
      else await this.make(tx, row, slot);
    }
    const next = slotAfter(ruleOf(row), tx.now);
    await tx.query('UPDATE audit_schedules SET next_at = $2, next_slot = $3 WHERE id = $1', [id, next.at, next.slot]);
  }

  private async make(tx: Tx, row: ScheduleRow, slot: Slot): Promise<void> {
    if (await this.isKnown(tx, row, slot)) return;
    const since = row.covers === 'new' ? await this.queries.lastMade(tx, row.id) : null;
    const period = row.covers === 'new' ? { to: slot.at.toISOString() } : {};
    const exportId = await this.exports.request(tx, {
      format: row.format,
      filters: { ...row.filters, ...period, ...(since ? { from: since.toISOString() } : {}) },
      makerId: row.created_by,
      scheduleId: row.id,
      recipientIds: row.recipients,
    });
    await this.keep(tx, row, slot, 'made', exportId);
  }

  private async miss(tx: Tx, row: ScheduleRow, slot: Slot): Promise<void> {
    if (await this.isKnown(tx, row, slot)) return;
    await this.keep(tx, row, slot, 'missed', null);
    tx.append({ type: 'audit_schedule.missed', ...about(row.id), data: { scheduleId: row.id, slot: slot.slot } });
  }

  private async isKnown(tx: Tx, { id }: ScheduleRow, { slot }: Slot): Promise<boolean> {
    const known = await tx.query('SELECT 1 FROM audit_schedule_slots WHERE schedule_id = $1 AND slot = $2', [id, slot]);
    return known.length > 0;
  }

  private async keep(
    tx: Tx,
    { id }: ScheduleRow,
    { slot, at }: Slot,
    state: 'made' | 'missed',
    exportId: string | null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO audit_schedule_slots (workspace_id, schedule_id, slot, tz_version, state, export_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.workspaceId, id, slot, versions.tz ?? 'unknown', state, exportId, at],
    );
  }

  /** Its maker has left, or lost the right: it says so on the screen, and the owners are told. */
  private async pause(tx: Tx, row: ScheduleRow): Promise<void> {
    await tx.query(`UPDATE audit_schedules SET state = 'paused', paused_because = $2 WHERE id = $1`, [
      row.id,
      LOST_RIGHT,
    ]);
    this.updated(tx, row, { ...row, state: 'paused', paused_because: LOST_RIGHT });
    const [{ workspace = '' } = {}] = await tx.query<{ workspace?: string }>(
      'SELECT name AS workspace FROM workspaces',
    );
    for (const { name, email } of await this.readers.owners(tx)) {
      const notice = { kind: 'audit_schedule_paused' as const, schedule: row.name, workspace, why: LOST_RIGHT };
      await this.mails.queue(tx, { name, email }, notice);
    }
  }

  private updated(tx: Tx, was: ScheduleRow, now: ScheduleRow): void {
    const before: Record<string, unknown> = settingsOf(was);
    const schedule = settingsOf(now);
    const changed = Object.entries(schedule).filter(([field, value]) => !isDeepStrictEqual(value, before[field]));
    tx.append({
      type: 'audit_schedule.updated',
      ...about(was.id),
      data: { schedule },
      before: Object.fromEntries(changed.map(([field]) => [field, before[field]])),
    });
  }

  private async refuseOutsiders(tx: Tx, recipientIds: readonly string[]): Promise<void> {
    const readers = new Set((await this.readers.holding(tx, 'audit:read', recipientIds)).map(({ id }) => id));
    const errors = recipientIds.flatMap((id, at) =>
      readers.has(id) ? [] : [{ path: `recipientIds.${at}`, message: 'must be a member who may read the audit log' }],
    );
    if (errors.length > 0) throw new Refusal('invalid_input', { errors });
  }
}

function refuseNoTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  throw new Refusal('invalid_input', { errors: [{ path: 'timeZone', message: 'is no time zone' }] });
}

function about(id: string) {
  return { subject: { type: 'audit_schedule' as const, id }, about: [ref('audit_schedule', id)] };
}
