import type { AuditExport } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** A file of the audit log, a schedule and a stream of a person's workspace. The stream stands still: it leads nowhere. */
export async function auditThingsOf(app: TestApp, person: Person) {
  const made = await person.post<AuditExport>('/api/audit/exports', { format: 'jsonl' });
  const scheduleId = v7();
  // Past the API, like the stream: a workspace can have only so many, and specs ask for these again and again.
  await app.rows(
    `INSERT INTO audit_schedules (workspace_id, id, name, format, covers, frequency, weekday, monthday, hour, minute,
                                  time_zone, created_by, created_at, state)
     VALUES ($1, $2, 'Nightly', 'csv', 'new', 'daily', 1, 1, 3, 0, 'UTC', $3, now(), 'paused')`,
    [person.workspaceId, scheduleId, person.userId],
  );
  const streamId = v7();
  await app.rows(
    `INSERT INTO audit_streams (workspace_id, id, name, kind, host, port, entries, checkpoints, created_by, created_at,
                                state, position, checkpoint_position, next_at)
     VALUES ($1, $2, 'Collector', 'syslog', 'collector.test', 6514, true, true, $3, now(), 'paused', 0, 0, now())`,
    [person.workspaceId, streamId, person.userId],
  );
  await app.settle();
  return { auditExportId: made.body.id, auditScheduleId: scheduleId, auditStreamId: streamId };
}
