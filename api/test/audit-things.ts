import type { AuditExport, AuditSchedule } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** A file of the audit log, a schedule and a stream of a person's workspace. The stream stands still: it leads nowhere. */
export async function auditThingsOf(app: TestApp, person: Person) {
  const made = await person.post<AuditExport>('/api/audit/exports', { format: 'jsonl' });
  const schedule = await person.post<AuditSchedule>('/api/audit/schedules', {
    ...{ name: 'Nightly', format: 'csv', covers: 'new', frequency: 'daily', hour: 3, timeZone: 'UTC' },
    recipientIds: [],
  });
  const streamId = v7();
  await app.rows(
    `INSERT INTO audit_streams (workspace_id, id, name, kind, host, port, entries, checkpoints, created_by, created_at,
                                state, position, checkpoint_position, next_at)
     VALUES ($1, $2, 'Collector', 'syslog', 'collector.test', 6514, true, true, $3, now(), 'paused', 0, 0, now())`,
    [person.workspaceId, streamId, person.userId],
  );
  await app.settle();
  return { auditExportId: made.body.id, auditScheduleId: schedule.body.id, auditStreamId: streamId };
}
