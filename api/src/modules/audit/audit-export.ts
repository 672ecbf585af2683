import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '@threadline/contracts';
import { type Actor, Authenticator } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { AuditQueries, type EntryRow } from './audit.queries';
import { csvLine } from './csv.rules';

/** Entries read at once. */
const PAGE = 1_000;

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

/** The whole log as a stream, in its order: JSONL to verify it offline, CSV to read it. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly authenticator: Authenticator,
    private readonly queries: AuditQueries,
  ) {}

  async stream(actor: Actor, format: 'csv' | 'jsonl'): Promise<Readable> {
    const size = await this.work.run(actor, async (tx) => {
      const { size: until } = await this.queries.head(tx);
      tx.note({
        action: 'audit.exported',
        outcome: 'allowed',
        targets: [`workspace:${tx.workspaceId}`],
        changes: [{ field: 'format', before: null, after: format }],
      });
      return until;
    });
    return Readable.from(this.lines(actor, format, size));
  }

  private async *lines(actor: Actor, format: 'csv' | 'jsonl', size: number): AsyncGenerator<string> {
    if (format === 'csv') yield csvLine(COLUMNS);
    for (let after = 0; after < size;) {
      await this.stillMay(actor);
      const { rows, opened } = await this.work.read(actor, async (tx) => {
        const page = await this.queries.after(tx, after, Math.min(PAGE, size - after));
        return { rows: page, opened: await this.queries.opened(tx, page) };
      });
      if (rows.length === 0) return;
      yield rows.map((row, at) => this.line(format, row, opened[at])).join('');
      after = Number(rows.at(-1)?.seq ?? size);
    }
  }

  /** A file takes longer than a request: who may no longer read the log gets no further page of it. */
  private async stillMay({ credential }: Actor): Promise<void> {
    if (!credential) return;
    const now = (await this.authenticator.stillGood(credential.kind, [credential.id])).get(credential.id);
    if (!now?.permissions.has('audit:read')) throw new Refusal('session_ended');
  }

  private line(format: 'csv' | 'jsonl', row: EntryRow, entry: AuditEntry | undefined): string {
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
}
