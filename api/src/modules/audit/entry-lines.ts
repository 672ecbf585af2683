import type { Cut } from '@threadline/audit';
import type { AuditEntry, AuditFormat } from '@threadline/contracts';
import type { EntryRow } from './audit.queries';
import { csvLine } from './csv.rules';

const COLUMNS = [
  'seq',
  'time',
  'actor',
  'actor id',
  'action',
  'outcome',
  'targets',
  'changes',
  'ip',
  'request',
  'hash',
];

/** What a file of entries begins with: in JSONL, of a log that was cut, the record that verifying begins from. */
export function fileHead(format: AuditFormat, cut?: Cut): string {
  if (format === 'csv') return csvLine(COLUMNS);
  return cut ? `${JSON.stringify({ cut })}\n` : '';
}

/** One entry as it stands in a file: JSONL to verify it offline, CSV to read it. */
export function entryLine(format: AuditFormat, row: EntryRow, entry: AuditEntry | undefined): string {
  if (!entry) throw new Error('An entry was read and not opened');
  const hash = row.hash.toString('hex');
  if (format === 'jsonl') {
    const { actor, changes, ip, userAgent } = entry;
    const opened = JSON.stringify({ name: actor.name, ip, userAgent, changes });
    // The entry's own text, so that whoever verifies it hashes what was hashed.
    return `{"entry":${row.entry},"hash":"${hash}","opened":${opened}}\n`;
  }
  return csvLine([
    ...[String(entry.seq), entry.occurredAt, entry.actor.name ?? '', entry.actor.id, entry.action, entry.outcome],
    ...[entry.targets.join(' '), JSON.stringify(entry.changes), entry.ip ?? '', entry.requestId ?? '', hash],
  ]);
}
