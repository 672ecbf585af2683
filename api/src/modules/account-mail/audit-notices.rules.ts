/** What people hear of the audit log by mail. Never a line of the log itself. */
export type AuditNotice =
  /** `schedule` is its name; null when somebody asked for the file. */
  | { kind: 'audit_export_ready'; exportId: string; workspace: string; schedule: string | null; entries: number }
  | { kind: 'audit_schedule_paused'; schedule: string; workspace: string; why: string }
  | { kind: 'audit_stream_disabled'; stream: string; workspace: string; error: string }
  /** `checkpoint` as JSON: what the verifier takes. */
  | { kind: 'audit_checkpoint'; workspace: string; size: number; at: string; checkpoint: string };

/** Where in the app the exports, schedules and streams are. */
const SCREEN = 'settings/audit-trail';

/** What such a mail says. */
export function auditWords(
  notice: AuditNotice,
  publicUrl: string,
): { subject: string; lines: string[]; action?: { label: string; url: string }; after: string[] } {
  const open = (label: string, rest = '') => ({ label, url: `${publicUrl}/${SCREEN}${rest}` });
  switch (notice.kind) {
    case 'audit_export_ready': {
      const { schedule, workspace, entries, exportId } = notice;
      return {
        subject: schedule ? `${schedule}: the file is ready` : 'Your audit log export is ready',
        lines: [`The audit log of ${workspace} was exported: ${spokenCount(entries, 'entry', 'entries')}.`],
        action: open('Download the file', `?export=${exportId}`),
        after: ['You have to be signed in to download it. The file is kept for seven days.'],
      };
    }
    case 'audit_schedule_paused':
      return {
        subject: `The scheduled export ${notice.schedule} was paused`,
        lines: [
          `The scheduled export “${notice.schedule}” of ${notice.workspace}’s audit log was paused. ${notice.why}`,
        ],
        action: open('Look at the schedules'),
        after: ['It goes on when somebody who may read the audit log takes it over.'],
      };
    case 'audit_stream_disabled':
      return {
        subject: `The audit log is no longer sent to ${notice.stream}`,
        lines: [
          `Entries of ${notice.workspace}’s audit log could not be delivered to “${notice.stream}”, so the stream was switched off. The last answer was: ${notice.error}`,
        ],
        action: open('Look at the stream'),
        after: ['Nothing is lost: switched on again, it goes on with the entry where it stopped.'],
      };
    case 'audit_checkpoint':
      return {
        subject: `Audit checkpoint of ${notice.workspace}: ${spokenCount(notice.size, 'entry', 'entries')}`,
        lines: [
          `This is what the audit log of ${notice.workspace} was at ${notice.at}, signed. Keep this mail: it shows later whether an entry before it was changed or taken out.`,
          notice.checkpoint,
        ],
        after: [
          'To check an export against it, save the line above as checkpoint.json and run: npx threadline-audit verify export.jsonl --checkpoint checkpoint.json',
        ],
      };
  }
}

function spokenCount(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
