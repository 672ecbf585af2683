import { Injectable } from '@nestjs/common';
import type {
  AuditExportFilters,
  AuditFormat,
  AuditFrequency,
  AuditSchedule,
  AuditScheduleSettings,
  AuditSlotRule,
} from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

export interface ScheduleRow {
  id: string;
  name: string;
  format: AuditFormat;
  filters: AuditExportFilters;
  covers: 'new' | 'all';
  frequency: AuditFrequency;
  weekday: number;
  monthday: number;
  hour: number;
  minute: number;
  time_zone: string;
  recipients: string[];
  created_by: string;
  maker: string;
  created_at: Date;
  state: 'active' | 'paused';
  paused_because: string | null;
  next_at: Date | null;
  next_slot: string | null;
}

interface SlotRow {
  schedule_id: string;
  slot: string;
  state: 'made' | 'missed';
  export_id: string | null;
  at: Date;
}

const SELECT = `SELECT s.*, u.name AS maker FROM audit_schedules s
  JOIN workspace_people u ON u.workspace_id = s.workspace_id AND u.user_id = s.created_by
  WHERE s.deleted_at IS NULL`;

/** Reads of the schedules. */
@Injectable()
export class SchedulesQueries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  async list(tx: ReadTx): Promise<AuditSchedule[]> {
    return this.shown(tx, await tx.query<ScheduleRow>(`${SELECT} ORDER BY s.created_at, s.id`));
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<AuditSchedule> {
    const [schedule] = await this.shown(tx, [await this.row(tx, id)]);
    if (!schedule) throw new Refusal('not_found');
    return schedule;
  }

  /** @throws Refusal `not_found` */
  async row(tx: ReadTx, id: string, forUpdate = false): Promise<ScheduleRow> {
    const [row] = await tx.query<ScheduleRow>(`${SELECT} AND s.id = $1${forUpdate ? ' FOR UPDATE OF s' : ''}`, [id]);
    if (!row) throw new Refusal('not_found');
    return row;
  }

  /** When the newest file of a schedule was due; null before the first. */
  async lastMade(tx: ReadTx, id: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>(
      `SELECT max(at) AS at FROM audit_schedule_slots WHERE schedule_id = $1 AND state = 'made'`,
      [id],
    );
    return row?.at ?? null;
  }

  /** In all workspaces: schedules that are due. */
  async due(): Promise<{ workspaceId: string; id: string }[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string }>(
      `SELECT workspace_id, id FROM audit_schedules
        WHERE state = 'active' AND deleted_at IS NULL AND next_at <= $1 ORDER BY next_at LIMIT 100`,
      [this.clock.now()],
    );
    return rows.map(({ workspace_id: workspaceId, id }) => ({ workspaceId, id }));
  }

  private async shown(tx: ReadTx, rows: readonly ScheduleRow[]): Promise<AuditSchedule[]> {
    const slots = await tx.query<SlotRow>(
      `SELECT t.* FROM unnest($1::uuid[]) AS s (id)
        CROSS JOIN LATERAL (SELECT schedule_id, slot, state, export_id, at FROM audit_schedule_slots
                             WHERE schedule_id = s.id ORDER BY at DESC LIMIT 10) t ORDER BY t.at DESC`,
      [rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({
      ...settingsOf(row),
      createdBy: { id: row.created_by, name: row.maker },
      createdAt: row.created_at.toISOString(),
      nextAt: row.state === 'active' ? (row.next_at?.toISOString() ?? null) : null,
      slots: slots
        .filter(({ schedule_id: of }) => of === row.id)
        .map(({ slot, state, export_id: exportId, at }) => ({ slot, state, exportId, at: at.toISOString() })),
    }));
  }
}

/** When a schedule is due. */
export function ruleOf(row: ScheduleRow): AuditSlotRule {
  const { frequency, weekday, monthday, hour, minute, time_zone: timeZone } = row;
  return { frequency, weekday, monthday, hour, minute, timeZone };
}

/** What a schedule is set to. */
export function settingsOf(row: ScheduleRow): AuditScheduleSettings {
  const { id, name, format, filters, covers, recipients: recipientIds, state, paused_because: pausedBecause } = row;
  return { id, name, format, filters, covers, ...ruleOf(row), recipientIds, state, pausedBecause };
}
